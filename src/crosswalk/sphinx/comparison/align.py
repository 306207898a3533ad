"""Align the lines of both sides of a comparison.

Lines are those of the tokenizer, so a wrapped statement is one line.
"""

import ast
import io
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from crosswalk.model import FRAMEWORKS, Comparison, Framework, Side

PACKAGES = ("torch", "mindspore")
# The framework itself, as in ``import torch``.
FRAMEWORK = "<framework>"
# The share of tokens that lines have in common from which they are alike.
ALIKE = 0.5
CLOSING = (")", "]", "}")
LAYOUT = (
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
)


@dataclass(frozen=True)
class Mark:
    """The number of a line's counterpart (0 without one), and whether both differ."""

    pair: int = 0
    differs: bool = False


@dataclass(frozen=True)
class _Line:
    """A line of code: its cell, its rows in the cell (from 0), and its tokens."""

    cell: int
    rows: range
    tokens: tuple[str, ...]


def marks(comparison: Comparison) -> dict[Framework, list[dict[int, Mark]]]:
    """Return the mark of each row of each cell of both sides.

    Compares setup with setup and snippet with snippet.
    Blank lines and comments have no mark.
    """
    found = {s.framework: [{} for _ in s.cells] for s in comparison.sides}
    number = 0
    for is_setup in (True, False):
        sides = [list(_lines(comparison.side(f), is_setup)) for f in FRAMEWORKS]
        partners = _align(*sides)
        pairs = {}
        for ours, theirs in partners:
            number += 1
            mark = Mark(number, sides[0][ours].tokens != sides[1][theirs].tokens)
            pairs[0, ours] = pairs[1, theirs] = mark
        for side, framework in enumerate(FRAMEWORKS):
            for n, line in enumerate(sides[side]):
                mark = pairs.get((side, n), Mark(differs=True))
                found[framework][line.cell].update(dict.fromkeys(line.rows, mark))
    return found


def _lines(side: Side, is_setup: bool) -> Iterator[_Line]:  # noqa: FBT001 - private
    names = _framework_names(side)
    for number, cell in enumerate(side.cells):
        if cell.is_setup != is_setup:
            continue
        line: list[tokenize.TokenInfo] = []
        for token in tokenize.generate_tokens(io.StringIO(cell.source).readline):
            if token.type not in LAYOUT:
                line.append(token)
            elif token.type == tokenize.NEWLINE and line:
                rows = range(line[0].start[0] - 1, line[-1].end[0])
                yield _Line(number, rows, tuple(_normalised(line, names)))
                line = []


def _framework_names(side: Side) -> dict[str, str]:
    """Return the names that a side imports from its framework, in comparable form.

    The framework itself becomes `FRAMEWORK`, whatever its alias.
    """
    names = dict.fromkeys(PACKAGES, FRAMEWORK)
    for node in ast.walk(ast.parse("\n".join(cell.source for cell in side.cells))):
        if isinstance(node, ast.Import):
            modules = [(alias, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [(alias, f"{node.module}.{alias.name}") for alias in node.names]
        else:
            continue
        for alias, module in modules:
            if module.partition(".")[0] in PACKAGES:
                last = module.rpartition(".")[2].lower()
                text = FRAMEWORK if module in PACKAGES else last
                names[alias.asname or alias.name] = text
    return names


def _normalised(line: list[tokenize.TokenInfo], names: dict[str, str]) -> list[str]:
    """Return the tokens of a line in comparable form.

    Of a framework's dotted name only the last part counts, and its case is ignored, so
    ``torch.tensor`` and ``ms.Tensor`` match.
    """
    texts: list[str] = []
    row, is_name, before = 0, False, ""
    for token in line:
        text = token.string
        if is_name and before == ".":
            texts[-1] = text.lower()
        elif not is_name or text != ".":
            if text in CLOSING and before == "," and token.start[0] > row:
                texts.pop()  # the comma that the formatter sets where it wraps
            is_name = text in names and before != "."
            texts.append(names[text] if is_name else text)
        row, before = token.end[0], text
    return texts


def _align(ours: list[_Line], theirs: list[_Line]) -> list[tuple[int, int]]:
    """Return the pairs of matching lines: in order, with most tokens in common."""
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    scores = [[_score(a.tokens, b.tokens) for b in theirs] for a in ours]
    for i in reversed(range(len(ours))):
        for j in reversed(range(len(theirs))):
            both = scores[i][j] + best[i + 1][j + 1] if scores[i][j] else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _score(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """Return the similarity of two lines; 0 for lines that do not match.

    Lines that assign to the same names always match.
    """
    common = (Counter(ours) & Counter(theirs)).total()
    share = 2 * common / (len(ours) + len(theirs))
    assigned = _assigned(ours)
    is_alike = share >= ALIKE or (assigned and assigned == _assigned(theirs))
    return common * share if is_alike else 0.0


def _assigned(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tokens before the ``=`` of an assignment to names."""
    names = tokens[: tokens.index("=")] if "=" in tokens else ()
    return names if all(n == "," or n.isidentifier() for n in names) else ()
