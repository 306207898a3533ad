"""Find the comparisons below a folder and cut their sides into cells.

Files are read as text; this module imports no module of a comparison.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from crosswalk.comparisons.cells import cut_cells
from crosswalk.comparisons.checks_file import read_checks, read_settings
from crosswalk.comparisons.helpers import (
    SHARED,
    definitions,
    read_shared,
    shared_module,
    used,
)
from crosswalk.comparisons.sources import Problem, ProblemError, parse, read
from crosswalk.model import FRAMEWORKS, Comparison, Framework, Side

SUFFIX: dict[Framework, str] = {"pytorch": "torch", "mindspore": "mindspore"}
CHECKS = "checks.py"
HIDEABLE = sys.stdlib_module_names | {"torch", "mindspore", "numpy", "crosswalk"}
NAME = re.compile(r"^[a-z][a-z0-9_]*$")
RELATIVE = re.compile(r"^\s*from\s*\.", re.MULTILINE)
LAYOUT = "a comparison is a folder <topic>/<name>/ with three Python files"


@dataclass(frozen=True)
class Found:
    """The comparisons below a folder, by id, and the problems of unreadable ones."""

    comparisons: dict[str, Comparison]
    problems: tuple[Problem, ...]


def discover(examples: Path, read: Callable[[Path], Comparison] | None = None) -> Found:
    """Find every comparison ``<topic>/<name>/`` below ``examples``.

    ``read`` reads one folder; the default is `read_comparison`.
    Raises NotADirectoryError if ``examples`` does not exist.
    """
    if not examples.is_dir():
        what = "a file" if examples.exists() else "nothing"
        message = (
            f"no folder of examples at {str(examples)!r}: expected a folder, found "
            f"{what}; {LAYOUT}"
        )
        raise NotADirectoryError(message)
    comparisons: dict[str, Comparison] = {}
    problems = list(_strays(examples))
    for folder in sorted(examples.glob("*/*/")):
        if not is_comparison(folder):
            continue
        try:
            comparison = (read or read_comparison)(folder)
        except ProblemError as error:
            problems.append(replace(error.problem, comparison=id_of(folder)))
        else:
            comparisons[comparison.id] = comparison
    return Found(comparisons, tuple(problems))


def is_comparison(folder: Path) -> bool:
    """Return whether a folder ``<topic>/<name>/`` must be a comparison.

    It must if it has a Python file and its name does not start with "_" or ".".
    """
    return not _is_private(folder) and any(folder.glob("*.py"))


def id_of(folder: Path) -> str:
    """Return the id of the comparison in ``folder``."""
    return f"{folder.parent.name}/{folder.name}"


def _is_private(path: Path) -> bool:
    return path.name.startswith(("_", "."))


def _strays(examples: Path) -> Iterator[Problem]:
    """Yield a problem for each Python file in a place where no comparison can be."""
    for path in sorted([*examples.glob("*.py"), *examples.glob("*/*.py")]):
        if path.parent != examples and path.stem == SHARED:
            continue
        if not _is_private(path) and not _is_private(path.parent):
            yield Problem(path, 1, f"this file belongs to no comparison: {LAYOUT}")
    for path in sorted(examples.glob("*/*/*/**/checks.py")):
        yield Problem(path, 1, f"this folder is too deep to be found: {LAYOUT}")


def read_comparison(folder: Path) -> Comparison:
    """Read the comparison in ``folder``; raises ProblemError."""
    if not NAME.match(folder.name) or not NAME.match(folder.parent.name):
        message = (
            "topic and name must be snake_case: lower-case letters, digits, _; "
            f"found {id_of(folder)!r}"
        )
        raise ProblemError(folder, 1, message)
    for path in sorted(folder.glob("*.py")):
        if path.stem in HIDEABLE:
            message = (
                f"this file hides the module {path.stem!r} from scripts here: rename it"
            )
            raise ProblemError(path, 1, message)
    sides = tuple(_read_side(folder, framework) for framework in FRAMEWORKS)
    path = folder / CHECKS
    source = read(path)
    tree = parse(path, source)
    _require_complete(path, source, tree)
    settings = read_settings(path, tree)
    shared = shared_module(path, tree)
    known = read_shared(shared) if shared else {}
    known |= definitions(path, source, tree)
    checks = [
        replace(check, helpers=used(check.name, known))
        for check in read_checks(path, source, tree)
    ]
    return Comparison(
        id=id_of(folder),
        folder=folder,
        sides=sides,
        checks=tuple(checks),
        packages=settings.get("PACKAGES", ()),
        devices=settings.get("DEVICES", ()),
        shared=shared,
    )


def _read_side(folder: Path, framework: Framework) -> Side:
    path = folder / f"{folder.name}_{SUFFIX[framework]}.py"
    source = read(path)
    tree = parse(path, source)
    _require_complete(path, source, tree)
    cells = cut_cells(path, source, tree)
    return Side(framework, path, cells, _uses_jit(tree, source))


def _uses_jit(tree: ast.Module, source: str) -> bool:
    if "jit" not in source:
        return False  # most sides: walking all of their nodes takes time
    nodes = ast.walk(tree)
    return any("jit" in (getattr(n, "attr", 0), getattr(n, "id", 0)) for n in nodes)


def _require_complete(path: Path, source: str, tree: ast.Module) -> None:
    """Raise ProblemError for code that works here but not in a reader's copy."""
    beside, is_side = _importable(path.parent), path.name != CHECKS
    words = [*beside, "crosswalk", SHARED, "__file__"] if is_side else beside
    if not any(word in source for word in words) and not RELATIVE.search(source):
        return  # almost all files
    for node in ast.walk(tree):
        message = ""
        if is_side and isinstance(node, ast.Name) and node.id == "__file__":
            message = "a notebook has no __file__: write the side without it"
        for name in _imported(node):
            if name in {"crosswalk", SHARED} and is_side:
                message = f"a side cannot import {name!r}, which readers lack"
            elif not name or name in beside:
                what = f"{name!r}, which lies beside it" if name else "relatively"
                message = (
                    f"this file imports {what}; each file of a comparison must be "
                    "complete, so that readers can copy it: move the code here"
                )
        if message:
            raise ProblemError(path, node.lineno, message)


def _importable(folder: Path) -> set[str]:
    """Return the names of the modules and packages in ``folder``."""
    return {
        path.stem
        for path in folder.iterdir()
        if path.suffix == ".py" or (path.is_dir() and path.name.isidentifier())
    } - {"__pycache__"}


def _imported(node: ast.AST) -> list[str]:
    """Return the top packages that a node imports, "" for a relative import."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["" if node.level else (node.module or "").partition(".")[0]]
    return []
