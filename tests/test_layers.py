"""Imports go one way, only edges know other programs, and files stay short."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "src" / "crosswalk"
# From the top down: each may import those below it, and what stands beside them.
LAYERS = (
    "sphinx",
    "versions",
    "report",
    "parity",
    "comparisons",
    "engine",
)
BASE = {"model", "project", "expect", "introspect", ""}
FRONT_ENDS = {"sphinx", "cli", "pytest_plugin", "__main__", "versions.__main__"}
# Who alone may import a program that is not everybody's.
EDGES = {
    "sphinx": {"sphinx", "docutils", "sphinx_design", "myst_nb", "nbformat", "nh3"},
    "pytest_plugin": {"pytest", "_pytest"},
}


def module_names() -> dict[str, Path]:
    """Return each module of the package, by its dotted name below it."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(p for p in parts if p != "__init__")] = path
    return found


MODULES = module_names()


def imported(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, also for types and in functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                is_module = name.removeprefix("crosswalk.") in MODULES
                yield name if is_module else node.module


def ours(path: Path) -> set[str]:
    """Return the modules of the package that a file imports."""
    names = {name for name in imported(path) if name.partition(".")[0] == "crosswalk"}
    return {name.partition(".")[2] for name in names}


IMPORTS = {name: ours(path) - {name} for name, path in MODULES.items()}


def folder(name: str) -> str:
    """Return the folder, or the module beside the folders, that holds a module."""
    return name.partition(".")[0]


def test_no_module_imports_itself_through_others() -> None:
    """There is an order in which every module comes after what it imports."""
    order = list(TopologicalSorter(IMPORTS).static_order())
    assert set(MODULES) <= set(order)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_is_below(layer: str) -> None:
    """A folder imports itself, the folders below it and the modules beside them."""
    allowed = {*LAYERS[LAYERS.index(layer) :], *BASE}
    allowed |= {"website"} if layer == "sphinx" else set()
    used = {
        (name, other)
        for name, others in IMPORTS.items()
        if folder(name) == layer and name not in FRONT_ENDS - {"sphinx"}
        for other in others
    }
    assert used
    assert [] == sorted(pair for pair in used if folder(pair[1]) not in allowed)


def test_front_ends_do_not_know_each_other() -> None:
    """The site, pytest and the command line call the same core."""
    shared = {
        (name, other)
        for name, others in IMPORTS.items()
        for other in others
        if {folder(name), name} & FRONT_ENDS
        and {folder(other), other} & FRONT_ENDS
        and folder(name) != folder(other)
    }
    assert {("__main__", "cli.main")} == shared


@pytest.mark.parametrize("edge", EDGES)
def test_only_its_edge_imports_a_program(edge: str) -> None:
    """Sphinx is imported in one folder and pytest in one module."""
    found = {
        folder(name)
        for name, path in MODULES.items()
        for other in imported(path)
        if other.partition(".")[0] in EDGES[edge]
    }
    assert {edge} == found


@pytest.mark.parametrize("place", ["src", "tools"])
def test_files_and_functions_stay_short(place: str) -> None:
    """No file has more than 300 lines, and no function more than 50."""
    long = []
    for path in (ROOT / place).rglob("*.py"):
        text = path.read_text("utf-8")
        if text.count("\n") > 300:
            long.append(str(path))
        long += [
            f"{path}: {node.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.end_lineno - node.lineno >= 50
        ]
    assert [] == long
