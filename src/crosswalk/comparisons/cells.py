"""Cut a side into cells, at the same lines as notebooks and editors."""

import ast
import json
import re
from pathlib import Path

from crosswalk.comparisons.sources import ProblemError, cut, parse
from crosswalk.model import Cell

# Every spelling that editors and Jupytext accept as the start of a cell.
ALIKE = re.compile(r"^\s*#\s*%%")
MARKER = re.compile(r"^# %%(?P<rest>.*)$")
TAGS = re.compile(r"^ tags=(?P<tags>\[.*\])$")
EXPECTED = """'# %%' or '# %% tags=["setup"]'"""


def cut_cells(
    path: Path, source: str, tree: ast.Module | None = None
) -> tuple[Cell, ...]:
    """Cut the text of a side at its ``# %%`` lines; raises ProblemError.

    Such a line counts only between top-level statements.
    Anywhere else it is an error, because editors and Jupytext would cut there.
    Pass the parsed ``source`` as ``tree`` if you have it.
    """
    lines = source.split("\n")
    if not lines[-1]:
        lines.pop()
    tree = tree or parse(path, source)
    starts = [n for n, line in enumerate(lines) if _is_start(path, tree, n, line)]
    if not starts or starts[0] != 0:
        found = cut(lines[0]) if lines else "an empty file"
        wanted = f"expected {EXPECTED}, found {found}"
        raise ProblemError(path, 1, f"the first line must start a cell: {wanted}")
    cells = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        whole = "\n".join(lines[start + 1 : end]).rstrip("\n")
        text = whole.lstrip("\n")
        if not text.strip():
            raise ProblemError(path, start + 1, "this cell is empty")
        above = start + 1 + len(whole) - len(text)
        _require_whole(path, above, text, is_first=not cells)
        is_setup = _is_setup(path, start + 1, lines[start])
        cells.append(Cell(text, start + 2, end, is_setup))
    if all(cell.is_setup for cell in cells):
        raise ProblemError(path, 1, "every cell is setup: no snippet to show")
    return tuple(cells)


def _is_start(path: Path, tree: ast.Module, index: int, line: str) -> bool:
    """Return whether a line starts a cell; raises ProblemError for a misplaced one."""
    if not ALIKE.match(line):
        return False
    for node in tree.body:
        decorators = getattr(node, "decorator_list", ())
        first = min([node.lineno, *(d.lineno for d in decorators)])
        if first <= index < node.end_lineno:
            message = (
                f"a cell starts between statements only, found {cut(line.strip())} "
                f"inside the statement that begins on line {first}: move it out of "
                "there, or write the text without '# %%'"
            )
            raise ProblemError(path, index + 1, message)
    if not MARKER.match(line):
        message = f"expected {EXPECTED} at the start of the line, found {cut(line)}"
        raise ProblemError(path, index + 1, message)
    return True


def _require_whole(path: Path, above: int, text: str, *, is_first: bool) -> None:
    """Raise ProblemError for a cell whose meaning changes if it runs on its own.

    A backslash may join it to the next cell, and a text at its start is a docstring.
    ``above`` is the number of lines before the cell.
    """
    try:
        tree = parse(path, text)
    except ProblemError as error:
        what = error.problem.message
        message = f"this cell is not complete by itself: {what}"
        raise ProblemError(path, above + error.problem.line, message) from None
    if not is_first and ast.get_docstring(tree, clean=False) is not None:
        message = "in a notebook, the text that begins this cell is its docstring"
        raise ProblemError(path, above + 1, f"{message}: write a comment")


def _is_setup(path: Path, line: int, marker: str) -> bool:
    rest = MARKER.match(marker)["rest"]
    if not rest:
        return False
    try:
        tags = json.loads(TAGS.match(rest)["tags"])
    except (TypeError, ValueError):
        tags = None
    if tags != ["setup"]:
        expected = "nothing or ' tags=[\"setup\"]'"
        raise ProblemError(
            path, line, f"expected {expected} after '# %%', got {rest!r}"
        )
    return True
