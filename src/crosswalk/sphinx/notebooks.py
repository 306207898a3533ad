"""Configure MyST-NB to parse pages and render outputs, and to run nothing.

Code on a page must have run as a comparison; otherwise, the build fails.
"""

from typing import Any

from docutils import nodes
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

from crosswalk.sphinx.domain import warn

REFUSED = "would not run: only comparisons run code, so make it one"


class CodeCellDirective(SphinxDirective):
    """Rejects a ``code-cell`` in a page, because nothing would run it."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Warn, and show nothing."""
        warn("notebook", f"the code of {self.name!r} {REFUSED}", self.get_location())
        return []


def setup(app: Sphinx) -> None:
    """Add MyST-NB, which includes MyST-Parser."""
    app.setup_extension("myst_nb")
    app.add_directive("code-cell", CodeCellDirective, override=True)
    app.connect("config-inited", execute_nothing)
    app.connect("source-read", refuse_notebooks)
    app.connect("html-page-context", leave_out_styles)


def execute_nothing(_: Sphinx, config: Config) -> None:
    """Stop MyST-NB from starting a kernel, whatever the configuration says."""
    config.nb_execution_mode = "off"


def refuse_notebooks(app: Sphinx, docname: str, content: list[str]) -> None:
    """Warn of a notebook among the pages, because its cells would not run."""
    is_notebook = app.env.doc2path(docname).suffix == ".ipynb"
    if is_notebook or is_myst_markdown_notebook(content[0]):
        warn("notebook", f"the code of a notebook {REFUSED}", docname)


def leave_out_styles(
    _app: Sphinx,
    _pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Remove MyST-NB's style sheet, because it styles only cells, which no page has."""
    sheets = context.get("css_files", ())
    context["css_files"] = [s for s in sheets if "mystnb." not in str(s.filename)]
