"""Find the comparisons below a folder and cut their sides into cells.

Everything is read as text: no module of a comparison is imported here.
"""

import ast
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crosswalk.expect import INVISIBLE
from crosswalk.model import FRAMEWORKS, Cell, Check, Comparison, Framework, Side

SUFFIX: dict[Framework, str] = {"pytorch": "torch", "mindspore": "mindspore"}
CHECKS = "checks.py"
MARKER = re.compile(r"^# %%(?P<rest>.*)$")
TAGS = re.compile(r"^ tags=(?P<tags>\[.*\])$")
HIDEABLE = sys.stdlib_module_names | {"torch", "mindspore", "numpy", "crosswalk"}
NAME = re.compile(r"^[a-z][a-z0-9_]*$")


@dataclass(frozen=True)
class Problem:
    """Something in a comparison that keeps it from being run."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        """Return where and what, as compilers write it."""
        return f"{self.path}:{self.line}: {self.message}"


class ProblemError(ValueError):
    """Raised where a comparison cannot be read; carries the `Problem`."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        """Describe what is wrong at ``path``:``line``."""
        self.problem = Problem(path, line, message)
        super().__init__(str(self.problem))


@dataclass(frozen=True)
class Found:
    """The comparisons below a folder, by id, and what could not be read."""

    comparisons: dict[str, Comparison]
    problems: tuple[Problem, ...]


def discover(examples: Path, read: Callable[[Path], Comparison] | None = None) -> Found:
    """Find every comparison ``<topic>/<name>/`` below ``examples``.

    ``read`` is what reads a folder, `read_comparison` if not given.
    Raises NotADirectoryError if there is no such folder.
    """
    if not examples.is_dir():
        message = f"no folder of examples at {str(examples)!r}"
        raise NotADirectoryError(message)
    comparisons: dict[str, Comparison] = {}
    problems: list[Problem] = []
    for folder in sorted(examples.glob("*/*/")):
        if folder.name.startswith(("_", ".")) or not any(folder.glob("*.py")):
            continue
        try:
            comparison = (read or read_comparison)(folder)
        except ProblemError as error:
            problems.append(error.problem)
        else:
            comparisons[comparison.id] = comparison
    return Found(comparisons, tuple(problems))


def read_comparison(folder: Path) -> Comparison:
    """Read the comparison in ``folder``; raises ProblemError."""
    if not NAME.match(folder.name) or not NAME.match(folder.parent.name):
        message = "topic and name must be snake_case: lower-case letters, digits, _"
        raise ProblemError(folder, 1, message)
    for path in sorted(folder.glob("*.py")):
        if path.stem in HIDEABLE:
            message = f"this file hides the module {path.stem!r} from scripts here"
            raise ProblemError(path, 1, message)
    sides = tuple(_read_side(folder, framework) for framework in FRAMEWORKS)
    path = folder / CHECKS
    tree = _parse(path, _read(path))
    settings = _read_settings(path, tree)
    return Comparison(
        id=f"{folder.parent.name}/{folder.name}",
        folder=folder,
        sides=sides,
        checks=_read_checks(path, tree),
        packages=settings.get("PACKAGES", ()),
        devices=settings.get("DEVICES", ()),
    )


def cut_cells(path: Path, source: str) -> tuple[Cell, ...]:
    """Cut the text of a side at its ``# %%`` lines; raises ProblemError."""
    lines = source.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if MARKER.match(line.rstrip("\n"))]
    if not starts or starts[0] != 0:
        expected = '"# %%" or "# %% tags=[\\"setup\\"]"'
        raise ProblemError(path, 1, f"the first line must start a cell: {expected}")
    cells = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        text = "".join(lines[start + 1 : end]).strip("\n")
        if not text:
            raise ProblemError(path, start + 1, "this cell is empty")
        is_setup = _is_setup(path, start + 1, lines[start].rstrip("\n"))
        cells.append(Cell(text, start + 2, end, is_setup))
    if all(cell.is_setup for cell in cells):
        raise ProblemError(path, 1, "every cell is setup: no snippet to show")
    return tuple(cells)


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


def _read(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        message = f"missing: a comparison needs a file {path.name!r}"
        raise ProblemError(path, 1, message) from None
    except UnicodeDecodeError as error:
        raise ProblemError(path, 1, f"not UTF-8: {error}") from None
    found = INVISIBLE.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        message = f"{code} changes how code reads without being seen: write an escape"
        raise ProblemError(path, text.count("\n", 0, found.start()) + 1, message)
    return text


def _parse(path: Path, source: str) -> ast.Module:
    try:
        return ast.parse(source, str(path))
    except SyntaxError as error:
        raise ProblemError(path, error.lineno or 1, f"{error.msg}") from None


def _read_side(folder: Path, framework: Framework) -> Side:
    path = folder / f"{folder.name}_{SUFFIX[framework]}.py"
    source = _read(path)
    tree = _parse(path, source)
    return Side(framework, path, cut_cells(path, source), _uses_jit(tree, source))


def _uses_jit(tree: ast.Module, source: str) -> bool:
    if "jit" not in source:
        return False  # most sides: walking all of their nodes takes time
    nodes = ast.walk(tree)
    return any("jit" in (getattr(n, "attr", 0), getattr(n, "id", 0)) for n in nodes)


def _read_settings(path: Path, tree: ast.Module) -> dict[str, tuple[str, ...]]:
    settings = {}
    for node in tree.body:
        if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)):
            continue
        name = node.targets[0].id
        if name in {"PACKAGES", "DEVICES"}:
            try:
                settings[name] = tuple(ast.literal_eval(node.value))
            except (TypeError, ValueError):
                message = f"{name} must be a literal list of names"
                raise ProblemError(path, node.lineno, message) from None
    return settings


def _read_checks(path: Path, tree: ast.Module) -> tuple[Check, ...]:
    lines = path.read_text("utf-8").split("\n")
    checks: dict[str, Check] = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if [argument.arg for argument in node.args.args] != list(FRAMEWORKS):
            message = f"check {node.name!r} must take (pytorch, mindspore)"
            raise ProblemError(path, node.lineno, message)
        statement = " ".join((ast.get_docstring(node) or "").split())
        if not statement:
            message = f"check {node.name!r} needs a docstring: the statement it asserts"
            raise ProblemError(path, node.lineno, message)
        if node.name in checks:
            message = f"two checks are called {node.name!r}"
            raise ProblemError(path, node.lineno, message)
        # `ast.get_source_segment` would cut the whole file into lines each time.
        text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        checks[node.name] = Check(node.name, statement, text, path, node.lineno)
    if not checks:
        raise ProblemError(path, 1, "no check: define def name(pytorch, mindspore)")
    return tuple(checks.values())
