"""Find the definitions that checks use, in ``checks.py`` and in the topic's module.

A page shows them, so a reader sees everything that a check asserts.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crosswalk.comparisons.checks_file import IMPORTS, bound_names, is_text
from crosswalk.comparisons.sources import ProblemError, parse, read
from crosswalk.model import Helper

SHARED = "shared"
DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
ALLOWED = "it holds imports, constants, functions and classes"


@dataclass(frozen=True)
class Definition:
    """A helper, and the names that it uses."""

    helper: Helper
    names: frozenset[str]


def definitions(path: Path, source: str, tree: ast.Module) -> dict[str, Definition]:
    """Return the top-level definitions of a file by name, without imports."""
    lines = source.split("\n")
    found: dict[str, Definition] = {}
    for node in tree.body:
        if isinstance(node, DEFINITIONS):
            decorators = getattr(node, "decorator_list", ())
            first = min([node.lineno, *(d.lineno for d in decorators)])
            text = "\n".join(lines[first - 1 : node.end_lineno])
            loaded = frozenset(n.id for n in ast.walk(node) if isinstance(n, ast.Name))
            for name in bound_names(node):
                found[name] = Definition(Helper(name, text, path, first), loaded)
    return found


def shared_module(checks: Path, tree: ast.Module) -> Path | None:
    """Return the topic's module if the file ``checks`` imports it.

    Raises ProblemError for a form other than ``from shared import name``, or if the
    module does not exist.
    """
    path = checks.parents[1] / f"{SHARED}.py"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and SHARED in {a.name for a in node.names}:
            message = f"write from {SHARED} import name: pages show the names used"
            raise ProblemError(checks, node.lineno, message)
        if isinstance(node, ast.ImportFrom) and node.module == SHARED:
            if not path.is_file():
                message = f"no module of the topic: expected {path}, found none"
                raise ProblemError(checks, node.lineno, message)
            return path
    return None


def read_shared(path: Path) -> dict[str, Definition]:
    """Return the definitions of the topic's module; other code raises ProblemError."""
    source = read(path)
    tree = parse(path, source)
    for number, node in enumerate(tree.body):
        is_docstring = number == 0 and is_text(node)
        if not is_docstring and not isinstance(node, (*DEFINITIONS, *IMPORTS)):
            message = f"this statement would run in every check of the topic; {ALLOWED}"
            raise ProblemError(path, node.lineno, message)
    return definitions(path, source, tree)


def used(name: str, known: Mapping[str, Definition]) -> tuple[Helper, ...]:
    """Return the helpers that the definition ``name`` uses, directly or indirectly."""
    found: dict[str, Helper] = {}
    waiting = [name]
    while waiting:
        for other in known[waiting.pop()].names & known.keys():
            if other != name and other not in found:
                found[other] = known[other].helper
                waiting.append(other)
    return tuple(sorted(found.values(), key=lambda h: (str(h.path), h.line)))
