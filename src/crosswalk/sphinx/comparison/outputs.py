"""What a cell printed and shows: outputs of a notebook, which MyST-NB renders."""

import base64
import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import nbformat
import nh3
from docutils import nodes
from myst_nb.core.loggers import SphinxDocLogger
from myst_nb.core.render import MimeData, NbElementRenderer
from myst_nb.sphinx_ import SphinxNbRenderer
from myst_parser.parsers.mdit import create_md_parser
from nbformat import NotebookNode
from sphinx.environment import BuildEnvironment

from crosswalk.comparisons.display import SCALE
from crosswalk.expect import visible
from crosswalk.model import Display
from crosswalk.report.comparison_text import LONGEST
from crosswalk.sphinx.nodes import box

# Tables and running text. Nothing loads anything, leads away or looks like the page.
TABLES = {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
BLOCKS = {"br", "dd", "div", "dl", "dt", "li", "ol", "p", "pre", "ul"}
WORDS = {"b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "u"}
TAGS = TABLES | BLOCKS | WORDS
ATTRIBUTES = {name: {"colspan", "rowspan", "scope"} for name in ("td", "th")}


def stream(text: str) -> NotebookNode:
    """Return what a cell printed as an output of a notebook."""
    # `new_output` would validate each one: 86 ms for the first, 0.2 ms for others.
    return nbformat.from_dict({"output_type": "stream", "name": "stdout", "text": text})


def display_data(display: Display) -> NotebookNode:
    """Return what a cell shows as an output of a notebook, its HTML made harmless."""
    data = {"text/plain": display.text}
    metadata = {}
    if display.light:
        data["image/png"] = display.light
        # Jupyter puts a light background behind it on a dark page.
        metadata = {"image/png": {"needs_background": "light"}}
    else:
        data["text/html"] = harmless(display.html)
    output = {"output_type": "display_data", "data": data, "metadata": metadata}
    return nbformat.from_dict(output)


def of_cell(text: str, displays: tuple[Display, ...]) -> Iterator[NotebookNode]:
    """Yield the outputs of a cell: what it printed, and then what it shows."""
    if text:
        yield stream(text)
    yield from map(display_data, displays)


def harmless(html: str) -> str:
    """Return HTML with what is in `TAGS` alone: no script, style, address or link."""
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
    return visible(clean).strip()


def digest_of_png(png: str) -> str:
    """Return the digest of a picture, after which MyST-NB names its file."""
    return hashlib.sha256(base64.b64decode(png)).hexdigest()


def width_of(png: str) -> int:
    """Return the width of a picture in its own pixels, as its header says."""
    return int.from_bytes(base64.b64decode(png[:32])[16:20])


def is_shown(display: Display) -> bool:
    """Return whether a page shows more of a value than its own text.

    It does not where nothing is left of its HTML, or more than fits.
    """
    return bool(display.light) or 0 < len(harmless(display.html)) <= LONGEST


class Outputs:
    """Renders outputs as nodes of a page, with MyST-NB's own renderer."""

    def __init__(
        self, env: BuildEnvironment, document: nodes.document, line: int
    ) -> None:
        """Render for ``document``; nodes are said to come from its ``line``."""
        self.env = env
        self.document = document
        self.line = line

    @cached_property
    def renderer(self) -> NbElementRenderer:
        """MyST-NB's renderer: text stays plain, files stand beside the doctrees."""
        folder = Path(self.env.doctreedir, "outputs")
        settings = {"render_text_lexer": "text", "output_folder": str(folder)}
        parser = create_md_parser(self.env.myst_config, SphinxNbRenderer)
        parser.options["document"] = self.document
        parser.options["nb_config"] = self.env.mystnb_config.copy(**settings)
        parser.renderer.setup_render(parser.options, {})
        return NbElementRenderer(parser.renderer, SphinxDocLogger(self.document))

    def stream(self, text: str) -> list[nodes.Element]:
        """Return printed text as a block of text."""
        found = self.renderer.render_stdout(stream(text), {}, 0, self.line)
        return self._placed(found)

    def display(self, display: Display) -> list[nodes.Element]:
        """Return a figure as two images, one for each scheme, or harmless HTML."""
        if not display.light:
            data = MimeData("text/html", harmless(display.html), line=self.line)
            found = self.renderer.render_mime_type(data)
            # What is wider than its side is scrolled, by the keyboard as well.
            return [box("div", self._placed(found), class_="scroll", tabindex="0")]
        found = [
            *self._image(display, display.light, "only-light"),
            *self._image(display, display.dark, "only-dark"),
        ]
        # Nobody translates the words of a figure.
        return [box("div", self._placed(found), lang="en")]

    def _image(self, display: Display, png: str, css: str) -> list[nodes.Element]:
        """Return a picture that the theme and our style sheet show in one scheme."""
        image = {
            "alt": visible(display.text),
            # Sphinx would make it a link, with two names where one picture is seen.
            "classes": f"{css} no-scaled-link",
            "width": f"{width_of(png) // SCALE}px",
        }
        metadata = {"mystnb": {"image": image}}
        data = MimeData("image/png", png, metadata, line=self.line)
        found = self.renderer.render_mime_type(data)
        for node in found:
            # Asked for once it is seen; paper needs the light one at any time.
            node["loading"] = "lazy" if css == "only-dark" else "link"
        return found

    def _placed(self, found: list[nodes.Element]) -> list[nodes.Element]:
        for node in found:
            node.source, node.line = self.document["source"], self.line
        return found
