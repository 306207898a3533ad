"""Collect the framework APIs that comparisons use or pairs measure."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from crosswalk.model import Comparison, Outcome


@dataclass
class Api:
    """An API, the comparisons that use it, and the pairs that measure it.

    ``places`` maps a comparison to the check that uses the API, or to "" if a side
    uses it.
    ``is_called`` is True for functions and methods.
    ``is_run`` is True if a side or check that passed uses the API on a line where no
    error is expected.
    """

    name: str
    places: dict[str, str] = field(default_factory=dict)
    pairs: list[str] = field(default_factory=list)
    is_called: bool = False
    is_run: bool = False

    @property
    def module(self) -> str:
        """Return the module: the name without its class, or without its last part."""
        parts = self.name.split(".")
        inside = range(1, len(parts) - 1)
        end = next((n for n in inside if parts[n][0].isupper()), len(parts) - 1)
        return ".".join(parts[:end])

    @property
    def is_member(self) -> bool:
        """Return whether the API is a method or an attribute of a class."""
        return self.name.count(".") > self.module.count(".") + 1

    @property
    def kind(self) -> str:
        """Return the object type of the API in Sphinx's Python domain."""
        if self.is_member:
            return "method" if self.is_called else "attribute"
        last = self.name.rpartition(".")[2]
        is_class = self.is_called or self.pairs or not last.isupper()
        if last[0].isupper() and is_class:
            return "class"  # a constant such as GRAPH_MODE is not called
        return "function" if self.is_called else "data"


def collect(
    comparisons: Mapping[str, Comparison],
    outcomes: Mapping[str, Outcome],
    pairs: Iterable[str],
) -> dict[str, Api]:
    """Return all APIs in the outcomes of comparisons and in the pairs, by name."""
    found: dict[str, Api] = {}
    lines, guarded = cache(_lines), cache(_guarded)  # each file is read once
    for name, outcome in sorted(outcomes.items()):
        comparison = comparisons[name]
        parts = [(s, outcome.side(s.framework), "") for s in comparison.sides]
        parts += [(c, outcome.check(c.name), c.name) for c in comparison.checks]
        for part, ran, check in parts:
            for use in ran.uses:
                api = found.setdefault(use.name, Api(use.name))
                api.places.setdefault(name, check)
                # The first place that tells is enough: files are long to parse.
                if not api.is_called:
                    line = lines(part.path)[use.line - 1]
                    api.is_called = line.startswith("(", use.end)
                if not api.is_run and ran.status == "passed":
                    api.is_run = use.line not in guarded(part.path)
    for name in sorted(pairs):
        for side in filter(None, name.split(":")):
            found.setdefault(side, Api(side)).pairs.append(name)
    return dict(sorted(found.items(), key=lambda item: _order(item[1])))


def _order(api: Api) -> tuple[str, str]:
    return api.module, api.name.lower()


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


def _guarded(path: Path) -> set[int]:
    """Return the lines with an expected error: inside ``try`` or ``expect.raises``."""
    found: set[int] = set()
    source = path.read_text("utf-8")
    if "try" not in source and "expect.raises" not in source:
        return found  # most files: parsing them all takes a third of a build
    for node in ast.walk(ast.parse(source)):
        parts = node.body if isinstance(node, ast.Try) else []
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "expect.raises":
            parts = [node]
        for part in parts:
            found.update(range(part.lineno, part.end_lineno + 1))
    return found
