"""Which words differ between the two lines of a pair."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from crosswalk.model import Comparison, Framework
from crosswalk.sphinx.comparison.align import Mark

WORD = re.compile(r"\w+|[^\w\s]")
# What the frameworks are called differs on every line, and says nothing.
FRAMEWORKS = {"torch", "ms", "mindspore"}
# From this share on, color would be everywhere and tell nothing.
MOST = 0.5

Marks = Mapping[Framework, Sequence[Mapping[int, Mark]]]
Columns = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True)
class _Word:
    """A word of a line: where it is, and what is compared."""

    cell: int
    row: int
    start: int
    end: int
    text: str


def differing(
    comparison: Comparison, marks: Marks
) -> dict[Framework, dict[int, Columns]]:
    """Return, by side and cell, the columns of each row that its partner lacks."""
    found: dict[Framework, dict[int, Columns]] = {
        side.framework: {} for side in comparison.sides
    }
    ours, theirs = (_words(comparison, marks, f) for f in found)
    for pair in ours.keys() & theirs.keys():
        left, right = ours[pair], theirs[pair]
        matcher = SequenceMatcher(
            None, [w.text for w in left], [w.text for w in right], autojunk=False
        )
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal":
                changed = zip(found, (left[i1:i2], right[j1:j2]), strict=True)
                for framework, words in changed:
                    for word in words:
                        rows = found[framework].setdefault(word.cell, {})
                        rows.setdefault(word.row, []).append((word.start, word.end))
    return found


def mostly_differs(
    comparison: Comparison, marks: Marks, found: dict[Framework, dict[int, Columns]]
) -> bool:
    """Return whether most lines of the snippets would be colored.

    A line is, if it has no partner, or if most of its words are in ``found``.
    """
    colored = total = 0
    for side in comparison.sides:
        for number, cell in enumerate(side.cells):
            lines = cell.source.split("\n")
            columns = found[side.framework].get(number, {})
            for row, mark in marks[side.framework][number].items():
                if not cell.is_setup:
                    words = len(WORD.findall(lines[row]))
                    is_alone = mark.differs and not mark.pair
                    total += 1
                    colored += is_alone or len(columns.get(row, ())) > MOST * words
    return colored > MOST * total


def _words(
    comparison: Comparison, marks: Marks, framework: Framework
) -> dict[int, list[_Word]]:
    """Return the words of each line that differs from its partner, by its pair."""
    found: dict[int, list[_Word]] = {}
    cells = comparison.side(framework).cells
    for number, rows in enumerate(marks[framework]):
        lines = cells[number].source.split("\n")
        for row, mark in rows.items():
            if mark.pair and mark.differs:
                found.setdefault(mark.pair, []).extend(_of(lines[row], number, row))
    return found


def _of(line: str, cell: int, row: int) -> Iterator[_Word]:
    for match in WORD.finditer(line):
        text = match[0].lower()
        text = "" if text in FRAMEWORKS else text
        yield _Word(cell, row, match.start(), match.end(), text)
