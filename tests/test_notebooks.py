"""Every notebook that is offered runs, cell by cell, to what the page shows."""

import __future__

import ast
import contextlib
import io
import linecache
import multiprocessing
import os
import sys
import tempfile
from dataclasses import dataclass
from types import ModuleType

import nbformat
import pytest
from conftest import MINDSPORE, ROOT, TORCH, Project

from crosswalk.cells import cut_cells
from crosswalk.discover import discover
from crosswalk.executors import PRELOAD
from crosswalk.expect import normalise
from crosswalk.model import Framework
from crosswalk.runner import Runner
from crosswalk.sphinx.downloads import notebook
from crosswalk.store import Store

COMPARISONS = discover(ROOT / "examples").comparisons
SIDES = [
    (name, side.framework)
    for name, comparison in COMPARISONS.items()
    for side in comparison.sides
]
FEATURES = [getattr(__future__, name) for name in __future__.all_feature_names]


@dataclass(frozen=True)
class Ran:
    """What the cells of a notebook printed, and the values that Jupyter would show."""

    printed: str
    shown: tuple[str, ...]


def run_cells(sources: list[str]) -> Ran:
    """Run cells as Jupyter does: in one module without a file, in an empty folder.

    What a cell imports from ``__future__`` stays on, and the value of its last
    expression is shown.
    """
    os.environ["MS_DEV_HOST_BLOCKING_RUN"] = "1"
    module, flags, shown = ModuleType("__main__"), 0, []
    sys.modules["__main__"], sys.argv = module, ["ipykernel"]
    output = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for number, source in enumerate(sources):
            # MindSpore's compiler reads the text of a function, as Jupyter keeps it.
            file = f"/tmp/ipykernel/{number}.py"  # noqa: S108 - no file is written
            lines = source.splitlines(keepends=True)
            linecache.cache[file] = len(source), None, lines, file
            tree = ast.parse(source, file)
            is_shown = tree.body and isinstance(tree.body[-1], ast.Expr)
            last = ast.Expression(tree.body.pop().value) if is_shown else None
            code = compile(tree, file, "exec", flags, dont_inherit=True)
            for feature in FEATURES:
                flags |= code.co_flags & feature.compiler_flag
            with contextlib.redirect_stdout(output):
                exec(code, vars(module))  # noqa: S102 - it is ours
                if last:
                    code = compile(last, file, "eval", flags, dont_inherit=True)
                    value = eval(code, vars(module))  # noqa: S307 - it is ours
                    shown += [] if value is None else [repr(value)]
    return Ran(normalise(output.getvalue()), tuple(shown))


def sources_of(name: str, framework: Framework) -> list[str]:
    """Return the cells of the notebook that is offered of a side."""
    made = notebook(COMPARISONS[name].side(framework), None)
    nbformat.validate(made)
    return [cell.source for cell in made.cells]


@pytest.fixture(scope="module")
def ran() -> dict[tuple[str, Framework], Ran]:
    """Return what every notebook gives, each in a process of its own."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    with context.Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        cells = [sources_of(*side) for side in SIDES]
        return dict(zip(SIDES, pool.map(run_cells, cells, chunksize=1), strict=True))


@pytest.mark.parametrize(("name", "framework"), SIDES)
def test_a_notebook_gives_what_the_page_shows(
    ran: dict[tuple[str, Framework], Ran], name: str, framework: Framework
) -> None:
    """Its cells print what the page shows, and Jupyter adds no value of its own.

    A cell that ends with an expression needs None as its value: print another one, or
    do not end the cell there.
    """
    (outcome,) = Runner(Store(ROOT / "_build" / "outcomes", ROOT)).run(
        [COMPARISONS[name]]
    )
    assert Ran(outcome.side(framework).stdout, ()) == ran[name, framework]


@pytest.mark.parametrize(("name", "framework"), SIDES)
def test_the_cells_of_a_notebook_are_the_script(
    name: str, framework: Framework
) -> None:
    """Joined, they have the statements of the offered script, and each is whole."""
    script = COMPARISONS[name].side(framework).path.read_text("utf-8")
    cells = sources_of(name, framework)
    for cell in cells:
        compile(cell, "cell", "exec", dont_inherit=True)
    joined = ast.dump(ast.parse("\n".join(cells)))
    assert joined == ast.dump(ast.parse(script))


FUTURE = '''\
# %% tags=["setup"]
"""A side."""

from __future__ import annotations

{module}

# %%
total = {module_name}.ones(3).sum()


def f(x: NoSuchName) -> total:
    return x


print(total.item(), f.__annotations__, __doc__)
'''


def test_what_the_setup_imports_from_the_future_holds_in_every_cell(
    project: Project,
) -> None:
    """Here as in the script and in the notebook, whose cells share what they import."""
    torch = FUTURE.format(module="import torch", module_name="torch")
    ours = FUTURE.format(module="from mindspore import ops", module_name="ops")
    assert torch.count("# %%") == TORCH.count("# %%") == MINDSPORE.count("# %%")
    folder = project.add(torch=torch, mindspore=ours)
    (outcome,) = project.run().values()
    expected = "3.0 {'x': 'NoSuchName', 'return': 'total'} A side.\n"
    assert ["passed"] * 2 == [side.status for side in outcome.sides]
    assert [expected] * 2 == [side.stdout for side in outcome.sides]
    for path in sorted(folder.glob("ones_*.py")):
        done = project.command("-W", "ignore", str(path))
        assert expected == done.stdout
    cells = [c.source for c in cut_cells(folder / "ones_torch.py", torch)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        ran = pool.apply(run_cells, (cells,))
    assert expected == ran.printed
