"""Document nodes that neither Sphinx nor sphinx-design provides."""

import io
import tokenize
from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator


class Box(nodes.General, nodes.Element):
    """HTML element ``tag`` with ``attributes``; its content in other builders."""


class Badge(nodes.Inline, nodes.TextElement):
    """A link to a check, with its status; filled in when the page is written."""


class UsedOn(nodes.Inline, nodes.TextElement):
    """Links to the pages that use a comparison; filled in when the page is written."""


class ApiPlaces(nodes.Inline, nodes.TextElement):
    """Links to the places that compare ``api``; filled in when the page is written."""


class PageLink(nodes.Inline, nodes.TextElement):
    """A link to ``page`` and ``fragment``; filled in when the page is written."""


class Code(nodes.literal_block, addnodes.translatable):
    """The source of a cell; only its comments are translated."""

    def preserve_original_messages(self) -> None:
        """Store the comments as written in the source."""
        self["comments"] = [text for _, _, text in _comments(self.rawsource)]

    def apply_translated_message(
        self, original_message: str, translated_message: str
    ) -> None:
        """Replace each comment equal to ``original_message``."""
        lines = self.rawsource.split("\n")
        # From the last to the first, so columns on a line remain correct.
        for row, column, text in reversed(_comments(self.rawsource)):
            if text == original_message:
                end = column + len("# ") + len(text)
                line = lines[row]
                lines[row] = f"{line[:column]}# {translated_message}{line[end:]}"
        # Sphinx highlights only if the raw source equals the text.
        self.rawsource = "\n".join(lines)
        self.children = [nodes.Text(self.rawsource)]

    def extract_original_messages(self) -> Sequence[str]:
        """Return the comments, without their ``# ``."""
        return self.get("comments", [])


def _comments(source: str) -> list[tuple[int, int, str]]:
    """Return (row, column, text) of each comment of ``source``, from 0."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        is_text = token.string.startswith("# ") and "noqa" not in token.string
        if token.type == tokenize.COMMENT and is_text:
            row, column = token.start
            found.append((row - 1, column, token.string.removeprefix("# ")))
    return found


def box(tag: str, children: Iterable[nodes.Node] = (), **attributes: str) -> Box:
    """Create an HTML element; ``data_x`` becomes ``data-x``, ``class_`` ``class``."""
    node = Box(tag=tag, attributes=_spelled(attributes))
    node += list(children)
    return node


def _spelled(attributes: dict[str, str]) -> dict[str, str]:
    return {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}


def uri_of(transform: SphinxPostTransform, page: str, fragment: str) -> str:
    """Return the relative URL of a place, from the page that Sphinx is writing."""
    docname = transform.env.docname
    try:
        uri = transform.app.builder.get_relative_uri(docname, page)
    except NoUri:
        return f"#{fragment}"
    start = "" if page == docname else uri
    return f"{start}#{fragment}" if fragment else start


def visit_box(self: HTML5Translator, node: Box) -> None:
    """Open the element."""
    self.body.append(self.starttag(node, node["tag"], "", **node["attributes"]))


def depart_box(self: HTML5Translator, node: Box) -> None:
    """Close the element."""
    self.body.append(f"</{node['tag']}>")


def pass_by(_self: nodes.NodeVisitor, _node: nodes.Node) -> None:
    """Render the children only."""


def setup(app: Sphinx) -> None:
    """Register the nodes."""
    others = dict.fromkeys(("text", "gettext", "latex", "man"), (pass_by, pass_by))
    app.add_node(Box, html=(visit_box, depart_box), **others)
    for node in (ApiPlaces, Badge, PageLink, UsedOn):
        app.add_node(node, html=(pass_by, pass_by), **others)
