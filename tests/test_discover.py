"""Comparisons are found as text, and what is wrong in one is named."""

import jupytext
import pytest
from conftest import CHECKS, MINDSPORE, ROOT, TORCH, Project

from crosswalk.cells import cut_cells
from crosswalk.discover import discover

FAULTS = {
    "no cell": ({"torch": "import torch\n"}, "_torch.py:1: the first line must start"),
    "wrong tag": (
        {"torch": '# %% tags=["set"]\nx = 1\n'},
        "_torch.py:1: expected nothing or ' tags=[\"setup\"]'",
    ),
    "empty cell": (
        {"torch": "# %%\n\n# %%\nx = 1\n"},
        "_torch.py:1: this cell is empty",
    ),
    "setup alone": (
        {"torch": '# %% tags=["setup"]\nx = 1\n'},
        "_torch.py:1: every cell is setup",
    ),
    "syntax": ({"mindspore": "# %%\nx = = 1\n"}, "_mindspore.py:2: invalid syntax"),
    "no check": ({"checks": "x = 1\n"}, "checks.py:1: no check"),
    "no statement": (
        {"checks": "def same(pytorch, mindspore):\n    pass\n"},
        "checks.py:1: check 'same' needs a docstring",
    ),
    "two of one name": (
        {"checks": CHECKS + "\n\n" + CHECKS.partition("\n\n\n")[2]},
        "checks.py:9: two checks are called 'same'",
    ),
    "wrong parameters": (
        {"checks": 'def same(torch):\n    """Same."""\n'},
        "checks.py:1: check 'same' must take (pytorch, mindspore)",
    ),
}


@pytest.mark.parametrize(("files", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_place(
    project: Project, files: dict[str, str], message: str
) -> None:
    """A comparison that cannot be read is a problem with file, line and cause."""
    project.add(**files)
    project.add("sums/good")
    found = discover(project.examples)
    assert list(found.comparisons) == ["sums/good"]
    assert [message in str(problem) for problem in found.problems] == [True]


@pytest.mark.parametrize("name", ["ones_torch.py", "ones_mindspore.py", "checks.py"])
def test_a_missing_file_is_named(project: Project, name: str) -> None:
    """A comparison without one of its three files says which is missing."""
    (project.add() / name).unlink()
    (problem,) = discover(project.examples).problems
    assert (name, True) == (problem.path.name, problem.message.startswith("missing"))


def test_a_folder_that_is_not_there_is_an_error(project: Project) -> None:
    """A wrong examples folder is named, not treated as an empty one."""
    with pytest.raises(NotADirectoryError, match="nowhere"):
        discover(project.root / "nowhere")


@pytest.mark.parametrize("source", [TORCH, MINDSPORE], ids=["torch", "mindspore"])
def test_jupyter_sees_the_same_cells(project: Project, source: str) -> None:
    """Our cells are the cells that jupytext reads from the percent format."""
    cells = cut_cells(project.root / "x.py", source)
    theirs = jupytext.reads(source, fmt="py:percent").cells
    ours = [(cell.source, cell.is_setup) for cell in cells]
    expected = [(c.source, c.metadata.get("tags") == ["setup"]) for c in theirs]
    assert expected == ours


def test_cells_hold_every_line_of_the_file() -> None:
    """What the pages show of a side is the file, but for cell markers."""
    for comparison in discover(ROOT / "examples").comparisons.values():
        for side in comparison.sides:
            text = side.path.read_text("utf-8")
            code = [line for line in text.splitlines() if not line.startswith("# %%")]
            shown = [line for cell in side.cells for line in cell.source.splitlines()]
            assert list(filter(None, code)) == list(filter(None, shown)), side.path
