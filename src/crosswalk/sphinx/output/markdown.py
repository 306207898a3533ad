"""Write each page as Markdown next to its HTML, and list them in ``llms.txt``.

The source of the Markdown is the page's HTML, because nothing else contains
translations, outputs and verdicts.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from markdownify import ATX, MarkdownConverter
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from crosswalk.model import TITLES
from crosswalk.sphinx.domain import domain_of
from crosswalk.sphinx.interface import _

INTERFACE = {"button", "input", "script", "style", "template"}
# One of a chart's two pictures is enough.
INTERFACE_CLASSES = {
    "headerlink",
    "only-dark",
    "permalink",
    "sd-tab-label",
    "side-title",
}
LANGUAGE = re.compile(r"highlight-([\w-]+)")
CODE = {"none": "text"}


def setup(app: Sphinx) -> None:
    """Write a page's Markdown whenever its HTML is written."""
    app.connect("html-page-context", write_page)
    app.connect("build-finished", write_list)


class Converter(MarkdownConverter):
    """Turns the body of a page into Markdown."""

    def __init__(self, link: Callable[[str], str]) -> None:
        """Pass each relative link through ``link``."""
        super().__init__(heading_style=ATX, bullets="-")
        self.link = link

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape only the characters that Markdown would read as markup."""
        text = re.sub(r"([\\`*<\[\]])", r"\\\1", text)
        text = re.sub(r"(?<![\w])_|_(?![\w])", r"\\_", text)
        return text.replace("|", r"\|") if {"td", "th"} & parent_tags else text

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Link to the Markdown of a page."""
        el["href"] = self.link(el.get("href", ""))
        return super().convert_a(el, text, parent_tags)

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Escape a pipe in a table's code, because it would end the cell."""
        if {"td", "th"} & parent_tags:
            text = text.replace("|", r"\|")
        return super().convert_code(el, text, parent_tags)

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a cell on one line."""
        return super().convert_td(el, " ".join(text.split()), parent_tags)

    convert_th = convert_td

    def convert_pre(self, el: Tag, _text: str, **_: object) -> str:
        """Write code with its language, and output as text."""
        box = el.find_parent(class_=LANGUAGE)
        found = LANGUAGE.search(" ".join(box["class"])) if box else None
        language = CODE.get(found[1], found[1]) if found else "text"
        text = el.get_text().strip("\n")
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
        return f"\n\n{fence}{language}\n{text}\n{fence}\n\n"

    def convert_svg(self, el: Tag, _text: str, **_: object) -> str:
        """Replace a chart with its text alternative."""
        label = el.get("aria-label")
        return f"\n\n*{self.escape(label, set())}*\n\n" if label else ""

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Add names to sides and outputs; quote admonitions."""
        if "admonition" in el.get("class", []):
            return self.convert_blockquote(el, text, parent_tags)
        side, label = el.get("data-side"), el.get("data-label")
        head = f"**{TITLES[side]}**" if side else f"{label}:" if label else ""
        return super().convert_div(el, f"{head}\n\n{text}", parent_tags)

    def convert_span(self, el: Tag, text: str, **_: object) -> str:
        """Emphasize verdicts."""
        return f"**{text}**" if "verdict" in el.get("class", []) else text

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Write a signature as code."""
        if "sig" in el.get("class", []):
            text = f"`{' '.join(el.get_text().split())}`"
        return super().convert_dt(el, text, parent_tags)


def convert(html: str, link: Callable[[str], str], page: str) -> str:
    """Return the body of ``page`` as Markdown, its links passed through ``link``.

    What the page folds becomes a link to the page.
    """
    body = BeautifulSoup(html, "html.parser")
    for mark in body.select(".claim-mark"):
        _link_mark(body, mark)
    for tag in body.find_all(_is_interface):
        tag.decompose()
    for details in body.find_all("details"):
        if details.summary:  # one inside another is gone with it
            _link_fold(body, details, page)
    text = Converter(link).convert_soup(body)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _link_fold(body: BeautifulSoup, details: Tag, page: str) -> None:
    paragraph, link = body.new_tag("p"), body.new_tag("a", href=page)
    link.extend(list(details.summary.children))
    paragraph.append(link)
    details.replace_with(paragraph)


def _link_mark(body: BeautifulSoup, mark: Tag) -> None:
    """Replace a mark with its sign as a link to the first of its checks."""
    shown = mark.select_one("button:not([hidden])")
    check = mark.select_one("a.mark-check")
    text = shown.get_text() if shown else ""
    if not check:
        mark.replace_with(text)
        return
    link = body.new_tag("a", href=check["href"])
    link.string = text
    mark.replace_with(link)


def _is_interface(tag: Tag) -> bool:
    """Return whether ``tag`` is a control, or for a different version, and not text."""
    classes = tag.get("class") or ()
    is_interface = tag.name in INTERFACE or tag.has_attr("hidden")
    return is_interface or not INTERFACE_CLASSES.isdisjoint(classes)


def write_page(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write the Markdown of a page, and link to it in the page's head."""
    if doctree is None:
        return

    def link(href: str) -> str:
        path, mark, fragment = href.partition("#")
        target = posixpath.join(posixpath.dirname(pagename), path)
        docname = posixpath.normpath(target).removesuffix(".html")
        known = path.endswith(".html") and docname in app.env.found_docs
        return f"{path.removesuffix('.html')}.md{mark}{fragment}" if known else href

    path = Path(app.outdir, f"{pagename}.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = f"{path.stem}.html"
    path.write_text(convert(context["body"], link, shown), "utf-8")
    context["markdown"] = path.name
    context["metatags"] += (
        f'\n<link rel="alternate" type="text/markdown" href="{path.name}" />\n'
    )


def write_list(app: Sphinx, exception: Exception | None) -> None:
    """Write ``llms.txt``, as defined by llmstxt.org."""
    if exception or app.builder.format != "html":
        return
    text = "\n".join([*_lines(app.env), ""])
    Path(app.outdir, "llms.txt").write_text(text, "utf-8")


def _lines(env: BuildEnvironment) -> Iterator[str]:
    root = env.config.root_doc
    yield f"# {env.config.project}"
    yield ""
    yield f"> {_description(env, root)}"
    children = _children(env, root)
    alone = [page for page in children if page not in env.toctree_includes]
    sections = [page for page in children if page in env.toctree_includes]
    groups = [(_("Overview"), [root, *alone])]
    groups += [
        (env.titles[page].astext(), list(_below(env, page))) for page in sections
    ]
    for title, names in groups:
        yield from ("", f"## {title}", "")
        for page in names:
            entry = f"- [{env.titles[page].astext()}]({page}.md)"
            text = _description(env, page)
            yield f"{entry}: {text.replace('<', '&lt;')}" if text else entry


def _below(env: BuildEnvironment, page: str) -> Iterator[str]:
    yield page
    for child in _children(env, page):
        yield from _below(env, child)


def _children(env: BuildEnvironment, page: str) -> list[str]:
    """Return the pages listed on ``page``, without removed ones."""
    return [p for p in env.toctree_includes.get(page, []) if p in env.all_docs]


def _description(env: BuildEnvironment, page: str) -> str:
    return domain_of(env).data["description"].get(page, "")
