"""Find the framework APIs that code uses, and their positions.

Names are looked up in the namespace of the code after it ran, so methods are found
as well: ``optimizer.step`` is ``torch.optim.Optimizer.step``.
The lookup calls no function and reads no property.
"""

import ast
import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import getattr_static
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from crosswalk.model import Use

PACKAGES = ("torch", "mindspore")
SCOPES = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)
# Dictionaries in which the frameworks' layers keep their attributes.
HELD = ("_parameters", "_buffers", "_modules", "_params", "_cells")
# Their layers have the names that the user gave.
CONTAINERS = ("torch.nn.Sequential", "mindspore.nn.SequentialCell")


@dataclass(frozen=True)
class Known:
    """The value of an expression: an object, or any instance of a class."""

    value: Any = None
    instance_of: type | None = None

    @property
    def type(self) -> type:
        """Return the class of the value."""
        return self.instance_of or type(self.value)


def uses(
    nodes: Iterable[ast.AST], namespace: Mapping[str, Any], source: str
) -> tuple[Use, ...]:
    """Return the APIs that ``nodes`` use, in order, with their positions in ``source``.

    ``namespace`` holds the global names after the code ran.
    """
    # As the parser does; `splitlines` also splits at a form feed in a text.
    finder = _Finder(namespace, source.split("\n"))
    for node in nodes:
        finder.visit(node)
    return tuple(sorted(finder.found, key=lambda u: (u.line, u.column)))


class _Finder(ast.NodeVisitor):
    """Collects uses; knows the local names of the enclosing functions."""

    def __init__(self, namespace: Mapping[str, Any], lines: list[str]) -> None:
        self.scopes: list[dict[str, Known | None]] = []
        self.namespace = namespace
        self.lines = lines
        self.found: list[Use] = []

    def generic_visit(self, node: ast.AST) -> None:
        """Visit the children of ``node``; a function adds its local names."""
        is_scope = isinstance(node, SCOPES)
        if is_scope:
            self.scopes.append(_local_names(node))
        super().generic_visit(node)
        if is_scope:
            self.scopes.pop()

    def visit_Name(self, node: ast.Name) -> None:
        """Record a name that was imported directly."""
        self._expression(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Record a dotted name."""
        self._expression(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Record the called name, and visit the arguments."""
        self._expression(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Record the indexed name, and visit the index."""
        self._expression(node)

    def _expression(self, node: ast.expr) -> Known | None:
        """Return the value of ``node``, if known; record its uses."""
        match node:
            case ast.Name():
                return self._name(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Call():
                made = self._expression(node.func)
                for child in (*node.args, *node.keywords):
                    self.visit(child)
                is_class = made is not None and isinstance(made.value, type)
                return Known(instance_of=made.value) if is_class else None
            case ast.Subscript():
                whole = self._expression(node.value)
                self.visit(node.slice)
                return _item(whole, node.slice)
        self.visit(node)
        return None

    def _name(self, node: ast.Name) -> Known | None:
        for scope in reversed(self.scopes):
            if node.id in scope:
                return scope[node.id]
        if node.id not in self.namespace:
            return None
        value = self.namespace[node.id]
        name = _public(value) if isinstance(node.ctx, ast.Load) else ""
        if name.rpartition(".")[2] == node.id:
            self._note(node, name, node.id)
        return Known(value)

    def _attribute(self, node: ast.Attribute) -> Known | None:
        before = len(self.found)
        base = self._expression(node.value)
        if base is None:
            return None
        name = _name_of(base, node.attr)
        is_set = isinstance(node.ctx, ast.Store) and _is_own(base, node.attr)
        # An attribute that exists because this code sets it is not the framework's.
        if name and not is_set:
            is_whole = len(self.found) == before and _is_dotted(node.value)
            self._note(node, name, ast.unparse(node) if is_whole else node.attr)
        return _inside(base, node.attr)

    def _note(self, node: ast.expr, name: str, text: str) -> None:
        """Record that ``text``, at the end of ``node``, is the API ``name``."""
        line = self.lines[node.end_lineno - 1]
        end = len(line.encode()[: node.end_col_offset].decode())
        shown = text if line[:end].endswith(text) else text.rpartition(".")[2]
        self.found.append(Use(name, node.end_lineno, end - len(shown), end))


def _local_names(scope: ast.AST) -> dict[str, Known | None]:
    """Return the names that a function binds, with the values of the imported ones."""
    names: dict[str, Known | None] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.arg):
            names[node.arg] = None
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= dict(_imported(node))
    if isinstance(scope, ast.FunctionDef) and not scope.name.startswith("_"):
        # A check receives both sides: they are in the namespace that it is given.
        for framework in ("pytorch", "mindspore"):
            names.pop(framework, None)
    return names


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Known | None]]:
    for alias in node.names:
        if isinstance(node, ast.Import):
            path = alias.name if alias.asname else alias.name.partition(".")[0]
            found = sys.modules.get(path)
            yield alias.asname or path, Known(found) if found else None
        else:
            found = getattr(sys.modules.get(node.module or ""), alias.name, None)
            yield alias.asname or alias.name, Known(found) if found else None


def _item(whole: Known | None, index: ast.expr) -> Known | None:
    if whole is None or type(whole.value) not in {list, tuple, dict}:
        return None
    with contextlib.suppress(ValueError, LookupError, TypeError):
        return Known(whole.value[ast.literal_eval(index)])
    return None


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _inside(base: Known, attribute: str) -> Known | None:
    """Return the value of an attribute, if reading it runs no code."""
    if isinstance(base.value, ModuleType):
        found = getattr(base.value, attribute, None)
        return None if found is None else Known(found)
    own = getattr_static(base.value, "__dict__", None)
    own = vars(base.value) if own is not None else {}
    for names in (own, *(own.get(name) for name in HELD)):
        if isinstance(names, Mapping) and attribute in names:
            return Known(names[attribute])
    return None


def _name_of(base: Known, attribute: str) -> str:
    """Return the framework's name of an attribute; "" if it is not public."""
    if attribute.startswith("_"):
        return ""
    value = base.value
    if isinstance(value, ModuleType):
        found = getattr(value, attribute, None)
        is_api = value.__name__.partition(".")[0] in PACKAGES and found is not None
        is_api = is_api and not isinstance(found, ModuleType)
        return f"{value.__name__}.{attribute}" if is_api else ""
    owner = value if isinstance(value, type) else base.type
    name = ""
    for cls in owner.__mro__:
        # A private base, such as torch's own of Tensor, speaks through its heir.
        name = _public(cls) or name
        if attribute in vars(cls):
            return f"{name}.{attribute}" if name else ""
    name = _public(owner)
    is_held = name not in {"", *CONTAINERS} and _inside(base, attribute) is not None
    return f"{name}.{attribute}" if is_held else ""


def _is_own(base: Known, attribute: str) -> bool:
    """Return whether an attribute exists only in the ``__dict__`` of an instance."""
    own = getattr_static(base.value, "__dict__", None)
    is_there = own is not None and attribute in vars(base.value)
    return is_there and not any(attribute in vars(c) for c in base.type.__mro__)


def _public(value: object) -> str:
    """Return the shortest public dotted name of ``value``; "" outside PACKAGES."""
    if not isinstance(value, type | FunctionType | BuiltinFunctionType):
        return ""
    name, parts = value.__name__, (value.__module__ or "").split(".")
    if parts[0] not in PACKAGES or name.startswith("_"):
        return ""
    for length in range(1, len(parts) + 1):
        if parts[length - 1].startswith("_"):
            break
        path = ".".join(parts[:length])
        if getattr(sys.modules.get(path), name, None) is value:
            return f"{path}.{name}"
    return ""
