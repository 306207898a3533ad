"""Every notebook that is offered runs, cell by cell, to what the page shows."""

import ast
import multiprocessing
import os

import nbformat
import pytest
from conftest import MINDSPORE, ROOT, TORCH, Project
from fresh_process import Ran, run_cells

from crosswalk.comparisons.cells import cut_cells
from crosswalk.comparisons.discover import discover
from crosswalk.comparisons.run import comparison_runner
from crosswalk.engine.pool import PRELOAD
from crosswalk.model import Framework
from crosswalk.sphinx.comparison.downloads import notebook

COMPARISONS = discover(ROOT / "examples").comparisons
SIDES = [
    (name, side.framework)
    for name, comparison in COMPARISONS.items()
    for side in comparison.sides
]


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
    """Its cells print and show what the page does, and Jupyter adds no other value.

    A cell that ends with an expression needs None as its value, or what a page shows:
    print another one, or do not end the cell there.
    """
    (outcome,) = comparison_runner(ROOT / "_build" / "outcomes", ROOT).run(
        [COMPARISONS[name]]
    )
    side = outcome.side(framework)
    shown = tuple(display.text for display in side.displays)
    assert Ran(side.stdout, shown) == ran[name, framework]


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
