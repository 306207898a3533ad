"""Mutants of a comparison's snippets, each with one change for checks to catch."""

import ast
from collections.abc import Container, Iterator
from dataclasses import dataclass

from crosswalk.comparisons.cells import cut_cells
from crosswalk.model import Side

KINDS = ("number", "flag", "operator", "argument", "call")
OTHER_OPERATOR = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Mod: "*",
    ast.Pow: "*",
    ast.MatMult: "*",
    ast.BitOr: "&",
    ast.BitAnd: "|",
    ast.Lt: ">=",
    ast.LtE: ">",
    ast.Gt: "<=",
    ast.GtE: "<",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.And: "or",
    ast.Or: "and",
}
# These return the same numbers in a different container.
CONVERSIONS = {"numpy", "asnumpy", "detach", "item", "tolist", "cpu", "round"}
MODULES = {"torch", "ms", "mindspore", "nn", "ops", "mint", "optim", "np", "math"}
TINY, NOT_TINY = 1e-3, 0.1


@dataclass(frozen=True)
class Mutant:
    """One change of a file: on its ``line``, ``before`` became ``after``."""

    kind: str
    line: int
    before: str
    after: str
    source: str


def mutants(side: Side, checks: str) -> Iterator[Mutant]:
    """Yield every mutant of the snippet of ``side``, whose setup does not change.

    A mutant replaces a number with a different one, a flag with its opposite, or an
    operator with a similar one; it omits an argument, or replaces a call with its
    object or first argument. There are no mutants of printing, because the page shows
    the output itself, of conversions, or of changes that make no different program.
    ``checks`` is the source of the checks, which may use any of the side's names.
    """
    source = side.path.read_text("utf-8")
    text = _Text(source)
    cells = cut_cells(side.path, source)
    shown = [range(c.first_line, c.last_line + 1) for c in cells if not c.is_setup]
    tree = ast.parse(source)
    for node in _telling(tree, _printing(tree, _asked_for(checks))):
        line = getattr(node, "lineno", 0)
        if not any(line in lines for lines in shown):
            continue
        for kind, start, end, new in _changes(node, text):
            mutant = text.with_change(kind, line, start, end, new)
            if mutant:
                yield mutant


def _telling(node: ast.AST, printing: set[ast.AST]) -> Iterator[ast.AST]:
    """Yield all nodes below ``node`` that do more than print."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr) or child in printing:
            continue
        if isinstance(child, ast.Call) and _converts(child):
            yield from _telling(child.func, printing)
            continue
        yield child
        yield from _telling(child, printing)


def _printing(tree: ast.Module, checked: set[str]) -> set[ast.AST]:
    """Return the statements that print, and those that only compute printed values."""
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    printing = {node for node in statements if _prints(node)}
    while True:
        used = checked | _variables(tree, printing)
        only = {n for n in statements if isinstance(n, ast.Assign) and _sets(n, used)}
        if only <= printing:
            return printing
        printing |= only


def _variables(node: ast.AST, without: Container[ast.AST]) -> set[str]:
    """Return the variables that code below ``node`` reads, except in ``without``."""
    found = set()
    for child in ast.iter_child_nodes(node):
        if child not in without:
            found |= _variables(child, without)
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load):
            found.add(child.id)
    return found


def _asked_for(checks: str) -> set[str]:
    """Return the names that checks may read from a side, directly or by ``getattr``."""
    nodes = list(ast.walk(ast.parse(checks)))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    texts = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    return attributes | texts


def _sets(node: ast.Assign, used: set[str]) -> bool:
    """Return whether an assignment only sets variables that are never used."""
    parts = [part for target in node.targets for part in ast.walk(target)]
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    plain = (ast.Name, ast.Tuple, ast.Store)
    return all(isinstance(part, plain) for part in parts) and not names & used


def _prints(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    function = call.func if isinstance(call, ast.Call) else None
    return isinstance(function, ast.Name) and function.id == "print"


def _converts(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in CONVERSIONS


class _Text:
    """A source, with the positions of its nodes."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = ast.dump(ast.parse(source))
        self.lines = source.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def at(self, line: int, column: int) -> int:
        """Return the offset of a line and a column, which ``ast`` counts in bytes."""
        before = self.lines[line - 1].encode()[:column].decode()
        return self.starts[line - 1] + len(before)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return the start and the end of ``node``."""
        start = self.at(node.lineno, node.col_offset)
        return start, self.at(node.end_lineno, node.end_col_offset)

    def of(self, node: ast.AST) -> str:
        """Return the text of ``node``."""
        start, end = self.span(node)
        return self.source[start:end]

    def with_change(
        self, kind: str, line: int, start: int, end: int, new: str
    ) -> Mutant | None:
        """Return the mutant with the changed source; None if it is the same program."""
        changed = self.source[:start] + new + self.source[end:]
        try:
            tree = ast.dump(ast.parse(changed))
        except SyntaxError:
            return None
        if tree == self.tree:
            return None
        return Mutant(kind, line, self.source[start:end], new, changed)


Change = tuple[str, int, int, str]


def _changes(node: ast.AST, text: _Text) -> Iterator[Change]:
    match node:
        case ast.Constant(value=bool()):
            yield ("flag", *text.span(node), str(not node.value))
        case ast.Constant(value=int() | float()):
            yield ("number", *text.span(node), _other_number(node.value))
        case ast.BinOp():
            yield _operator(text, node.left, node.op, node.right)
        case ast.BoolOp():
            yield _operator(text, node.values[0], node.op, node.values[1])
        case ast.Compare():
            yield _operator(text, node.left, node.ops[0], node.comparators[0])
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield ("operator", *text.span(node), text.of(node.operand))
        case ast.Call():
            yield from _arguments(text, node)
            yield _call(text, node)


def _other_number(value: float) -> str:
    if isinstance(value, int):
        return str(value + 1)
    return repr(value * 2 if value >= TINY else NOT_TINY)


def _operator(text: _Text, left: ast.AST, op: ast.AST, right: ast.AST) -> Change:
    (_, start), (end, _) = text.span(left), text.span(right)
    between = text.source[start:end]
    # Parentheses around the operands belong to neither node.
    head = len(between) - len(between.lstrip(") \n"))
    tail = len(between) - len(between.rstrip("( \n"))
    return "operator", start + head, end - tail, OTHER_OPERATOR[type(op)]


def _arguments(text: _Text, node: ast.Call) -> Iterator[Change]:
    """Yield the call without each argument and the comma next to it."""
    given = sorted((*node.args, *node.keywords), key=text.span)
    for number, argument in enumerate(given):
        start, end = text.span(argument)
        if number + 1 < len(given):
            end = text.span(given[number + 1])[0]
        elif number:
            start = text.span(given[number - 1])[1]
        yield "argument", start, end, ""


def _call(text: _Text, node: ast.Call) -> Change:
    """Replace a method call with its object, or a call with its first argument."""
    if isinstance(node.func, ast.Attribute) and _is_object(node.func.value):
        kept = text.of(node.func.value)
    elif node.args and not isinstance(node.args[0], ast.Starred):
        kept = text.of(node.args[0])
    else:
        kept = "None"
    return ("call", *text.span(node), kept)


def _is_object(node: ast.AST) -> bool:
    """Return whether ``x`` of ``x.f()`` is an object, and not a module."""
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    return not (isinstance(root, ast.Name) and root.id in MODULES)
