"""Read the checks and the settings of ``checks.py``.

Its top level holds imports, constants, private helpers, settings and checks.
Anything else raises an error, because it would silently not run.
"""

import ast
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from crosswalk.comparisons.sources import ProblemError, cut
from crosswalk.engine.device import DEVICES
from crosswalk.model import FRAMEWORKS, Check

PARAMETERS = ", ".join(FRAMEWORKS)
SETTINGS = ("PACKAGES", "DEVICES")
# A constant, or anything private.
OWN = re.compile(r"^(?:_\w*|[A-Z][A-Z0-9_]*)$")
IMPORTS = (ast.Import, ast.ImportFrom)
ALLOWED = (
    "at the top level of checks.py stand imports, CONSTANTS, _private helpers, and "
    f"checks: def name({PARAMETERS})"
)


def read_checks(path: Path, source: str, tree: ast.Module) -> tuple[Check, ...]:
    """Return the checks of ``path``, in order; raises ProblemError."""
    lines = source.split("\n")
    bound: dict[str, int] = {}
    checks: dict[str, Check] = {}
    for number, node in enumerate(tree.body):
        if number == 0 and is_text(node):
            continue
        _require_allowed(path, node)
        is_check = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        for name in bound_names(node):
            if name in bound and (is_check or name in checks):
                what = "checks" if is_check and name in checks else "things"
                message = f"two {what} are called {name!r}: see line {bound[name]}"
                raise ProblemError(path, node.lineno, message)
            bound[name] = node.lineno
        if is_check:
            # `ast.get_source_segment` would cut the whole file each time.
            text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            statement = _statement(path, node)
            checks[node.name] = Check(node.name, statement, text, path, node.lineno)
    if not checks:
        raise ProblemError(path, 1, f"no check: define def name({PARAMETERS})")
    return tuple(checks.values())


def read_settings(path: Path, tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """Return ``PACKAGES`` and ``DEVICES``, if set; raises ProblemError."""
    settings: dict[str, tuple[str, ...]] = {}
    for node in tree.body:
        for name in bound_names(node):
            if name not in SETTINGS:
                near = difflib.get_close_matches(name, SETTINGS, 1, 0.85)
                if near and name[0] != "_" and not isinstance(node, IMPORTS):
                    message = f"{name} has no effect: write {near[0]}"
                    raise ProblemError(path, node.lineno, message)
                continue
            is_plain = isinstance(node, ast.Assign | ast.AnnAssign)
            if name in settings or not is_plain or list(bound_names(node)) != [name]:
                message = f"expected one line {name} = [...], found {_text(node)}"
                raise ProblemError(path, node.lineno, message)
            settings[name] = _names(path, node, name)
    return settings


def _names(path: Path, node: ast.Assign | ast.AnnAssign, name: str) -> tuple[str, ...]:
    """Return the value of a setting; raises ProblemError if it is no list of names."""
    try:
        found = ast.literal_eval(node.value)
    except (TypeError, ValueError):
        found = None
    is_list = isinstance(found, list | tuple) and found
    if not is_list or not all(isinstance(one, str) for one in found):
        message = (
            f"{name} must be a literal list of names, such as "
            f'["{"cpu" if name == "DEVICES" else "scipy"}"], found {_text(node)}'
        )
        raise ProblemError(path, node.lineno, message)
    for one in found:
        if name == "DEVICES" and one not in DEVICES:
            message = f"unknown device {one!r}: expected one of {', '.join(DEVICES)}"
            raise ProblemError(path, node.lineno, message)
        if name == "PACKAGES" and not one.isidentifier():
            message = f"expected the name by which {one!r} is imported, such as 'scipy'"
            raise ProblemError(path, node.lineno, message)
    return tuple(found)


def _require_allowed(path: Path, node: ast.stmt) -> None:
    """Raise ProblemError for a statement that looks like a check but is not one."""
    message = ""
    match node:
        case ast.ImportFrom(names=[ast.alias(name="*")]):
            message = f"{_text(node)} may replace a check: import names"
        case ast.Import() | ast.ImportFrom():
            return
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            names = list(bound_names(node))
            is_own = names and all(map(OWN.match, names))
            is_lambda = isinstance(node.value, ast.Lambda)
            if is_own and not (is_lambda and not names[0].startswith("_")):
                return
            what = " or ".join(f"_{n} or {n.upper()}" for n in names[:1])
            message = f"{_text(node)} is no check; name it {what}" if what else ""
            if names and is_lambda:
                message = f"{_text(node)} is no check: write def {names[0]}(...)"
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            if node.name.startswith("_"):
                return
            message = _wrong_check(node)
            if not message:
                return
    message = message or f"{_text(node)} is neither a check nor a helper"
    raise ProblemError(path, node.lineno, f"{message}; {ALLOWED}")


def _wrong_check(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    """Return why a public definition is not a valid check; "" if it is one."""
    if isinstance(node, ast.ClassDef):
        return f"class {node.name} is no check; name it _{node.name}"
    if isinstance(node, ast.AsyncFunctionDef):
        return f"async def {node.name} would never run; write def {node.name}"
    if node.decorator_list:
        shown = ast.unparse(node.decorator_list[0])
        return f"check {node.name!r} has a decorator, @{shown}, which no page shows"
    given = node.args
    names = [argument.arg for argument in given.args]
    rest = (given.posonlyargs, given.kwonlyargs, given.defaults)
    if names != list(FRAMEWORKS) or any(rest) or given.vararg or given.kwarg:
        return (
            f"check {node.name!r} must take ({PARAMETERS}), "
            f"found ({ast.unparse(given)})"
        )
    return ""


def _statement(path: Path, node: ast.FunctionDef) -> str:
    found = ast.get_docstring(node) or ""
    if not found.strip():
        message = f"check {node.name!r} needs a docstring: the statement it asserts"
        raise ProblemError(path, node.lineno, message)
    if re.search(r"\n\s*\n", found.strip()):
        message = (
            f"the docstring of check {node.name!r} is a statement of one paragraph, "
            "found several"
        )
        raise ProblemError(path, node.lineno, message)
    return " ".join(found.split())


def bound_names(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a top-level statement binds; nothing if it does more."""
    match node:
        case ast.Import() | ast.ImportFrom():
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            targets = getattr(node, "targets", None) or [node.target]
            found = [name for target in targets for name in _targets(target)]
            yield from found if all(found) else ()


def _targets(target: ast.expr) -> Iterator[str]:
    """Yield the names in an assignment target, and "" for anything else."""
    if isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            yield from _targets(item)
    elif isinstance(target, ast.Starred):
        yield from _targets(target.value)
    else:
        yield target.id if isinstance(target, ast.Name) else ""


def is_text(node: ast.stmt) -> bool:
    """Return whether a statement is only a text, such as a docstring."""
    return isinstance(node, ast.Expr) and isinstance(
        getattr(node.value, "value", None), str
    )


def _text(node: ast.stmt) -> str:
    text = ast.unparse(node).split("\n")[0]
    return cut(text)
