"""Entries in a page's head for search engines and for previews of shared links.

All other addresses on a page are relative, so the site works below any path, but the
specifications of these entries require full addresses.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from crosswalk.sphinx.domain import domain_of
from crosswalk.website.root import alternates, path_of, site_url

LOCALES = {"en": "en_US", "zh": "zh_CN"}
COLUMNS = 200  # the part of a description that search engines show
SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|[。！？]|$)", re.DOTALL)


def setup(app: Sphinx) -> None:
    """Write these entries, per language, and the address of the not-found page."""
    app.add_config_value("crosswalk_site_url", site_url(), "html", str)
    app.add_config_value("crosswalk_image", "", "html", str)
    app.add_config_value("crosswalk_image_alt", "", "html", str)
    # Before extensions read their settings.
    app.connect("config-inited", configure, priority=100)
    app.setup_extension("notfound.extension")
    app.connect("doctree-read", note_description)
    # After the handler of the not-found page.
    app.connect("html-page-context", add_entries, priority=450)


def folder_of(config: Config) -> str:
    """Return the folder of the build's language: ``en`` or ``zh``."""
    return config.language[:2]


def configure(_: Sphinx, config: Config) -> None:
    """Set the address of this language's pages for the extensions that need it."""
    if not config.crosswalk_site_url.endswith("/"):
        message = f"SITE_URL must end with a slash, got {config.crosswalk_site_url!r}"
        raise ConfigError(message)
    folder = folder_of(config)
    url = f"{config.crosswalk_site_url}{folder}/"
    config.html_baseurl = url
    config.notfound_urls_prefix = path_of(url)


def note_description(app: Sphinx, doctree: nodes.document) -> None:
    """Store the first sentences of a page as its description."""
    section = next(doctree.findall(nodes.section), doctree)
    found = [n for n in section.children if isinstance(n, nodes.paragraph)]
    # The front page has its first sentences in a box.
    found = found or list(section.findall(nodes.paragraph))[:1]
    text = " ".join(shown(paragraph) for paragraph in found)
    descriptions = domain_of(app.env).data["description"]
    descriptions[app.env.docname] = first_sentences(text)


def shown(node: nodes.Node) -> str:
    """Return the text of ``node`` on one line."""
    return " ".join(node.astext().split())


def first_sentences(text: str) -> str:
    """Return the complete sentences of ``text`` that fit, at least one."""
    kept = ""
    for match in SENTENCE.finditer(text):
        longer = kept + match[0]
        if kept and columns(longer) > COLUMNS:
            break
        kept = longer
    return kept.strip()


def columns(text: str) -> int:
    """Return the width of ``text`` in columns; a Chinese character has two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def add_entries(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add a description, Open Graph data and links to other languages to the head."""
    if pagename == app.config.notfound_pagename:
        context["content_root"] = app.config.notfound_urls_prefix
        context["pageurl"] = None
        return
    descriptions = domain_of(app.env).data["description"]
    text = context.get("description") or descriptions.get(pagename)
    text = text or descriptions.get(app.config.root_doc, "")
    tags = [f'<meta name="description" content="{escape(text)}" />']
    uri = app.builder.get_target_uri(pagename)
    for language, url in alternates(app.config.crosswalk_site_url, uri).items():
        tags.append(f'<link rel="alternate" hreflang="{language}" href="{url}" />')
    if doctree is not None:
        tags += _open_graph(app, pagename, text)
    # Pages that Sphinx generates itself have no tags.
    context["metatags"] = "\n".join([context.get("metatags", ""), *tags, ""])


def _open_graph(app: Sphinx, pagename: str, description: str) -> Iterator[str]:
    """Yield the data for the preview of a shared link, as defined by ogp.me."""
    config = app.config
    found = {
        "title": app.env.titles[pagename].astext(),
        "type": "website",
        "url": f"{config.html_baseurl}{app.builder.get_target_uri(pagename)}",
        "site_name": config.project,
        "description": description,
        "locale": LOCALES[folder_of(config)],
    }
    if config.crosswalk_image:
        found["image"] = f"{config.html_baseurl}{config.crosswalk_image}"
        found["image:alt"] = config.crosswalk_image_alt
    for name, content in found.items():
        yield f'<meta property="og:{name}" content="{escape(content)}" />'
