"""Shown code as HTML: one element for each line, framework names as links."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape

from docutils import nodes
from pygments.lexers.python import PythonLexer
from pygments.token import (
    STANDARD_TYPES,
    Name,
    Punctuation,
    Text,
    Whitespace,
    _TokenType,
)
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from crosswalk.model import Cell, Check, Side, Use
from crosswalk.sphinx.comparison.align import Mark
from crosswalk.sphinx.nodes import Code

# Half of a program's tokens, which have no color.
PLAIN = {Name, Punctuation, Text, Whitespace}
# A long line rather breaks after one of these than in a name.
BREAKS = re.compile(r"(?<=[.(\[,=])(?=[^\s)\]=])")

Place = tuple[int, int, str]
"""Columns of a name in a row, and the API that it is."""


def in_cell(side: Side, cell: Cell, uses: Iterable[Use]) -> dict[int, list[Place]]:
    """Return what each row (from 0) of a cell's source uses."""
    lines = side.path.read_text("utf-8").split("\n")
    first = cell.first_line
    while not lines[first - 1]:
        first += 1  # a cell's source starts after its blank lines
    return _by_row((u for u in uses if u.line <= cell.last_line), first)


def in_check(check: Check, uses: Iterable[Use]) -> dict[int, list[Place]]:
    """Return what each row (from 0) of a check's source uses."""
    return _by_row(uses, check.line)


def _by_row(uses: Iterable[Use], first: int) -> dict[int, list[Place]]:
    rows: dict[int, list[Place]] = {}
    for use in uses:
        if use.line >= first:
            place = use.column, use.end, use.name
            rows.setdefault(use.line - first, []).append(place)
    return rows


def visit_code(self: HTML5Translator, node: Code) -> None:
    """Write the markup of Sphinx's highlighter, with lines and links in it."""
    names = "highlight-python notranslate"
    self.body.append(self.starttag(node, "div", suffix="", CLASS=names))
    self.body.append('<div class="highlight"><pre><span></span>')
    self.body += html(
        node.rawsource,
        node.get("marks", {}),
        node.get("words", {}),
        node.get("uses", {}),
        node.get("index"),
    )
    self.body.append("</pre></div>\n</div>\n")
    raise nodes.SkipNode


@cache
def _lexer() -> PythonLexer:
    """Return what tells tokens apart: made when code is written, it takes time."""
    return PythonLexer(stripnl=False)


def html(
    source: str,
    marks: Mapping[int, Mark],
    words: Mapping[int, list[tuple[int, int]]],
    uses: Mapping[int, list[Place]],
    index: str | None,
) -> Iterator[str]:
    """Yield each line of ``source``; names lead to the page ``index``, if given.

    ``words`` has the columns of a row that differ from the other side's line.
    """
    for row, pieces in enumerate(_rows(source)):
        mark = marks.get(row, Mark())
        pair = f' data-pair="{mark.pair}"' if mark.pair else ""
        alone = " alone" if mark.differs and not mark.pair else ""
        places = uses.get(row, []) if index is not None else []
        line = "".join(_line(pieces, places, words.get(row, []), index))
        yield f'<span class="line{alone}"{pair}>{line}</span>'


def _rows(source: str) -> Iterator[list[tuple[str, str]]]:
    """Yield (class, text) of each token, row by row; a row ends with its newline."""
    row: list[tuple[str, str]] = []
    for kind, text in _lexer().get_tokens(source):
        for part in re.findall(r"[^\n]+|\n", text):
            row.append((_css(kind), part))
            if part == "\n":
                yield row
                row = []


def _line(
    pieces: Iterable[tuple[str, str]],
    places: list[Place],
    words: list[tuple[int, int]],
    index: str | None,
) -> Iterator[str]:
    starts = {start: name for start, _, name in places}
    ends = {end for _, end, _ in places}
    cuts = sorted({*starts, *ends, *(column for word in words for column in word)})
    column = 0
    for css, text in pieces:
        for part in _cut(text, [cut - column for cut in cuts]):
            if column in ends:
                yield "</a>"
            if column in starts:
                name = escape(starts[column])
                yield f'<a class="api" href="{index}#{name}" title="{name}">'
            shown = escape(part, quote=False)
            is_word = any(start <= column < end for start, end in words)
            names = " ".join(filter(None, [css, "word" if is_word else ""]))
            yield f'<span class="{names}">{shown}</span>' if names else shown
            column += len(part)


def _cut(text: str, at: Iterable[int]) -> Iterator[str]:
    start = 0
    for end in at:
        if start < end < len(text):
            yield text[start:end]
            start = end
    yield text[start:]


@cache
def _css(kind: _TokenType) -> str:
    """Return the class of a kind of token, "" for those without color."""
    while kind not in STANDARD_TYPES:
        kind = kind.parent
    return "" if kind in PLAIN else STANDARD_TYPES[kind]


def setup(app: Sphinx) -> None:
    """Register the node; other builders than HTML see a literal block."""
    app.add_node(Code, html=(visit_code, None))
