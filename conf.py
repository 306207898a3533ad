"""One Sphinx configuration for both languages.

Build with ``sphinx-build -c . docs OUT``, and ``-D language=zh_CN`` for Chinese.
"""

import sys
from pathlib import Path

from crosswalk import __version__
from crosswalk.website.root import site_url

# For the pages on mutation testing and speed, whose directives are in tools/.
sys.path.insert(0, str(Path(__file__).parent))

project = "Crosswalk"
author = "The Crosswalk authors"
copyright = "Crosswalk authors, Apache-2.0"  # noqa: A001 - Sphinx's own name
version = release = __version__

extensions = [
    "crosswalk.sphinx",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
    "tools.bench.page",
    "tools.mutation.page",
]
exclude_patterns = ["locale", "root", "static", "templates"]
nitpicky = True
autodoc_typehints = "none"

crosswalk_examples = "examples"
crosswalk_store = "_build/outcomes"
crosswalk_site_url = site_url()

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

language = "en"
locale_dirs = ["locale"]
gettext_compact = "crosswalk"
gettext_uuid = False
gettext_additional_targets = ["index"]

templates_path = ["docs/templates"]
template_bridge = "crosswalk.sphinx.output.policy.Templates"
notfound_template = "404.html"
html_theme = "pydata_sphinx_theme"
html_title = "Crosswalk"
html_static_path = ["docs/static"]
html_css_files = ["theme.css", "front.css"]
html_logo = html_favicon = "docs/static/logo.svg"
crosswalk_image = "_static/og.png"
crosswalk_image_alt = "Crosswalk: PyTorch and MindSpore side by side"
# Code, not what it printed.
copybutton_selector = "div:not(.output) > div.highlight > pre"
html_show_sourcelink = False
# Pages without pages below them have nothing to list.
html_sidebars = {
    name: []
    for name in (
        *("apis", "cheat-sheet", "evidence**", "glossary"),
        *("index", "losses-differ", "verified", "versions"),
    )
}
html_copy_source = False
html_context = {"default_mode": "auto"}
html_theme_options = {
    "logo": {"text": "Crosswalk"},
    "show_toc_level": 1,
    # As many as fit into one row on a laptop, in English.
    "header_links_before_dropdown": 4,
    "navigation_with_keys": False,
    "search_as_you_type": True,
    "navbar_persistent": ["search-button-field", "version", "language"],
    "navbar_end": ["theme-switcher"],
    "article_footer_items": ["markdown"],
    "secondary_sidebar_items": ["page-toc"],
    "article_header_start": ["breadcrumbs"],
    "footer_start": ["copyright"],
    "footer_end": ["theme-version"],
}
