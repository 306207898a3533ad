"""Within the lines of a pair, the words that differ are marked."""

from pathlib import Path

import pytest

from crosswalk.comparisons.cells import cut_cells
from crosswalk.model import FRAMEWORKS, Comparison, Side
from crosswalk.sphinx.comparison import align, words

SETUP = '# %% tags=["setup"]\nimport numpy as np\n'
DIFFERENT = {
    "an argument": ("f(p, lr=1)\n", "f(p, learning_rate=1)\n", ["lr"]),
    "a class": ("x = nn.Linear(2)\n", "x = nn.Dense(2)\n", ["Linear"]),
    "more words": ("x = f(1)\n", "x = f(1).item()\n", []),
    "the framework and case": (
        "x = torch.tensor(y, 1)\n",
        "x = ms.Tensor(y, 2)\n",
        ["1"],
    ),
}


def comparison(torch: str, mindspore: str) -> Comparison:
    """Return a comparison of two snippets."""
    sides = tuple(
        Side(
            framework,
            Path(),
            cut_cells(Path("x.py"), f"{SETUP}# %%\n{text}"),
            uses_jit=False,
        )
        for framework, text in zip(FRAMEWORKS, (torch, mindspore), strict=True)
    )
    return Comparison("a/b", Path(), sides, ())


@pytest.mark.parametrize(
    ("torch", "mindspore", "expected"), DIFFERENT.values(), ids=DIFFERENT
)
def test_the_words_that_the_other_line_lacks_are_found(
    torch: str, mindspore: str, expected: list[str]
) -> None:
    """Of PyTorch's line, the words that MindSpore's line does not have."""
    both = comparison(torch, mindspore)
    found = words.differing(both, align.marks(both))["pytorch"]
    columns = found.get(1, {}).get(0, [])
    assert expected == [torch[start:end] for start, end in columns]


def is_quiet(both: Comparison) -> bool:
    """Return whether a page leaves out the color."""
    marks = align.marks(both)
    return words.mostly_differs(both, marks, words.differing(both, marks))


def test_little_color_is_left_where_most_lines_differ() -> None:
    """Programs that are written differently are not colored, others are."""
    alike = comparison("x = 1\ny = 2\nz = f(1)\n", "x = 1\ny = 2\nz = f(2)\n")
    assert not is_quiet(alike)
    different = comparison("a.b\nc += 2\nx = 1\n", "for i in z:\n    pass\nx = 1\n")
    assert is_quiet(different)
