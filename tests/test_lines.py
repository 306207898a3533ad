"""Lines of both sides that do the same thing are pairs."""

from pathlib import Path

import pytest
from conftest import ROOT

from crosswalk.comparisons.cells import cut_cells
from crosswalk.comparisons.discover import discover
from crosswalk.model import FRAMEWORKS, Comparison, Framework, Side
from crosswalk.sphinx.comparison import align

COMPARISONS = discover(ROOT / "examples").comparisons
TORCH = "# %%\nimport torch\nfrom torch import nn\n"
MINDSPORE = "# %%\nimport mindspore as ms\nfrom mindspore import nn\n"


def marked(torch: str, mindspore: str) -> dict[Framework, dict[str, align.Mark]]:
    """Return the mark of each line below the imports of both sides."""
    found = {}
    texts = (TORCH + torch, MINDSPORE + mindspore)
    sides = tuple(
        Side(framework, Path(), cut_cells(Path("x.py"), text), uses_jit=False)
        for framework, text in zip(FRAMEWORKS, texts, strict=True)
    )
    marks = align.marks(Comparison("a/b", Path(), sides, ()))
    for side in sides:
        found[side.framework] = {
            line: marks[side.framework][number].get(row, align.Mark())
            for number, cell in enumerate(side.cells)
            for row, line in enumerate(cell.source.split("\n"))
            if "import" not in line
        }
    return found


SAME = {
    "the same line": ("x = 1\n", "x = 1\n"),
    "another spelling of the framework": ("torch.tensor(x)\n", "ms.Tensor(x)\n"),
    "another module": ("torch.optim.SGD(p)\n", "nn.SGD(p)\n"),
    "another comment": ("x = 1  # one\n", "x = 1\n"),
    "another wrapping": ("f(x, y)\n", "f(\n    x,\n    y,\n)\n"),
}
ALIKE = {
    "other arguments": ("torch.optim.SGD(p, lr=1)\n", "nn.SGD(p, learning_rate=1)\n"),
    "another class": ("layer = nn.Linear(2, 1)\n", "layer = nn.Dense(2, 1)\n"),
    "the same name gets a value": ("rate = g[0]['lr']\n", "rate = read().item()\n"),
    "a comma that makes a tuple": ("x = (1)\n", "x = (1,)\n"),
    "another case": ("loss_fn = f(x)\n", "Loss_fn = f(x)\n"),
    "the same attribute of ours": ("side.torch = 1\n", "side.ms = 1\n"),
}


@pytest.mark.parametrize(("torch", "mindspore"), SAME.values(), ids=SAME)
def test_lines_that_say_the_same_are_a_pair_without_difference(
    torch: str, mindspore: str
) -> None:
    """Comments, wrapping and where a framework keeps a name do not count."""
    found = marked(torch, mindspore)
    marks = {mark for side in found.values() for mark in side.values()}
    assert 1 == len(marks)
    (mark,) = marks
    assert mark.pair
    assert not mark.differs


@pytest.mark.parametrize(("torch", "mindspore"), ALIKE.values(), ids=ALIKE)
def test_lines_that_are_alike_are_a_pair_that_differs(
    torch: str, mindspore: str
) -> None:
    """A pair is marked as differing when anything else is not the same."""
    found = marked(torch, mindspore)
    (mark,) = {mark for side in found.values() for mark in side.values()}
    assert mark.pair
    assert mark.differs


def test_a_line_without_partner_differs() -> None:
    """It has no pair, and the lines around it keep theirs."""
    found = marked("x = 1\nloss.backward()\ny = 2\n", "x = 1\ny = 2\n")
    assert align.Mark(0, differs=True) == found["pytorch"]["loss.backward()"]
    for line in ("x = 1", "y = 2"):
        assert found["pytorch"][line] == found["mindspore"][line]
        assert not found["pytorch"][line].differs


def test_blank_lines_and_comments_have_no_mark() -> None:
    """Only code has partners."""
    found = marked("x = 1\n\n# why\ny = 2\n", "x = 1\n")
    for line in ("", "# why"):
        assert align.Mark() == found["pytorch"][line]


def test_setup_is_not_matched_with_snippets() -> None:
    """A line of a setup has no partner in a snippet."""
    marker = '# %% tags=["setup"]\n'
    found = marked(f"{marker}x = 1\n# %%\ny = 2\n", "x = 1\n")
    assert 0 == found["pytorch"]["x = 1"].pair
    assert found["mindspore"]["x = 1"].differs


@pytest.mark.parametrize("name", COMPARISONS)
def test_every_pair_stands_on_both_sides_in_order(name: str) -> None:
    """Numbers of pairs are the same on both sides, and grow within a kind of cell."""
    comparison = COMPARISONS[name]
    marks = align.marks(comparison)
    pairs = {}
    for side in comparison.sides:
        found = {True: [], False: []}
        for cell, rows in zip(side.cells, marks[side.framework], strict=True):
            found[cell.is_setup] += [rows[row].pair for row in sorted(rows)]
        for numbers in found.values():
            kept = [number for number in numbers if number]
            assert sorted(kept) == kept
        pairs[side.framework] = {n for numbers in found.values() for n in numbers if n}
    assert pairs["pytorch"] == pairs["mindspore"]
    assert pairs["pytorch"]
