"""Comparisons are found as text, and what is wrong in one is named."""

import jupytext
import pytest
from conftest import CHECKS, MINDSPORE, ROOT, TORCH, Project

from crosswalk.comparisons.cells import cut_cells
from crosswalk.comparisons.discover import discover

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
    "no check": ({"checks": "X = 1\n"}, "checks.py:1: no check"),
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
        "checks.py:1: check 'same' must take (pytorch, mindspore), found (torch)",
    ),
    "byte order mark": (
        {"torch": f"\ufeff{TORCH}"},
        "_torch.py:1: the file begins with a byte order mark (U+FEFF): save it as",
    ),
    "another encoding": (
        {"torch": f"# %%\n# coding: latin-1\n{TORCH}"},
        "_torch.py:2: expected UTF-8, found a coding line (iso-8859-1)",
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


# Code at the end of a side, the line of the side that is named, and what is said.
SIDES = {
    "in brackets": ("x = (\n# %%\n1)\n", 2, "inside the statement that begins on line"),
    "in a text": (
        'x = """\n# %%\n"""\n',
        2,
        "inside the statement that begins on line",
    ),
    "in a function": ("def f():\n    1\n# %%\n    2\n", 3, "inside the statement"),
    "after a decorator": ("@f\n# %%\ndef f():\n    1\n", 2, "inside the statement"),
    "before except": ("try:\n    1\n# %%\nexcept E:\n    2\n", 3, "inside the stat"),
    "after a backslash": ("x = 1 \\\n# %%\ny = 1\n", 1, "this cell is not complete"),
    "indented": ("if x:\n    1\n    # %%\n", 3, "at the start of the line, found"),
    "as VS Code writes it": ("x = 1\n#%%\ny = 1\n", 2, "expected '# %%' or"),
    "a magic": ("%matplotlib inline\n", 1, "is a command for notebooks"),
    "a shell": ("x = 1\n!ls\n", 2, "is a command for notebooks"),
    "a shell's output": ("x = !ls\n", 1, "is a command for notebooks"),
    "help": ("x?\n", 1, "is a command for notebooks"),
    "await": ("await x\n", 1, "'await' outside function: 'await x' (a notebook allows"),
    "return": ("x = 1\nreturn\n", 2, "'return' outside function"),
    "break": ("break\n", 1, "'break' outside loop"),
    "an argument twice": ("def f(a, a):\n    1\n", 1, "duplicate argument 'a'"),
    "a late __future__": (
        "from __future__ import annotations\n",
        1,
        "at the beginning",
    ),
    "a type": ("type X = int\n", 1, "Python 3.12 added this syntax"),
    "a type parameter": ("def f[T](x):\n    1\n", 1, "Python 3.12 added this syntax"),
    "a class's parameter": ("class A[T]:\n    1\n", 1, "Python 3.12 added this syntax"),
    "quotes in an f-string": ('x = f"{d["a"]}"\n', 1, "before Python 3.12"),
    "the other quotes": ("x = f'{', '.join(d)}'\n", 1, "before Python 3.12"),
    "a backslash in an f-string": (
        'x = f"{chr(1) + "\\n"}"\n',
        1,
        "before Python 3.12",
    ),
    "a text at the start": ('x = 1\n# %%\n\n"text"\n', 4, "write a comment"),
    "the other side": ("import ones_mindspore\n", 1, "which lies beside it"),
    "beside it": ("from . import helpers\n", 1, "imports relatively"),
    "what readers lack": ("from crosswalk import expect\n", 1, "which readers lack"),
    "what a notebook lacks": ("print(__file__)\n", 1, "a notebook has no __file__"),
}


@pytest.mark.parametrize(("code", "line", "message"), SIDES.values(), ids=SIDES)
def test_what_no_script_or_no_notebook_runs_is_refused(
    project: Project, code: str, line: int, message: str
) -> None:
    """Before anything runs, with its line, what is there, and what to do."""
    project.add(torch=TORCH + code)
    (problem,) = discover(project.examples).problems
    assert len(TORCH.splitlines()) + line == problem.line
    assert message in problem.message
    assert "sums/ones" == problem.comparison


def check(code: str = "", head: str = "def other(pytorch, mindspore):") -> str:
    """Return the text of a check."""
    return f'{head}\n    """Another."""\n{code}'


LOST = {
    "async": (check(head="async def other(pytorch, mindspore):"), "would never run"),
    "in an if": ("if True:\n    def other(): pass\n", "'if True:' is neither"),
    "in a loop": ("for x in (1,):\n    def other(): pass\n", "is neither a check nor"),
    "in a try": ("try:\n    import x\nexcept E:\n    pass\n", "'try:' is neither"),
    "a lambda": ("other = lambda pytorch, mindspore: 1\n", "write def other(...)"),
    "a big lambda": ("OTHER = lambda pytorch, mindspore: 1\n", "write def OTHER(...)"),
    "a class": ("class Other:\n    pass\n", "class Other is no check; name it _Other"),
    "a value": ("other = same\n", "name it _other or OTHER"),
    "a decorator": (f"@skip\n{check()}", "has a decorator, @skip"),
    "a call": ("print(1)\n", "'print(1)' is neither a check nor a helper"),
    "all names": ("from x import *\n", "may replace a check"),
    "its name again": ("from x import same\n", "two things are called 'same'"),
    "without": ("del same\n", "'del same' is neither"),
    "a set attribute": ("expect.close = print\n", "'expect.close = print' is neither"),
    "any arguments": (check(head="def other(*args):"), "found (*args)"),
    "more": (check(head="def other(pytorch, mindspore, *more):"), "mindspore, *more)"),
    "a default": (check(head="def other(pytorch, mindspore=1):"), "mindspore=1)"),
    "by keyword": (check(head="def other(pytorch, *, mindspore):"), "*, mindspore)"),
    "by position": (check(head="def other(pytorch, mindspore, /):"), "mindspore, /)"),
    "keywords": (check(head="def other(pytorch, mindspore, **x):"), "mindspore, **x)"),
    "the other order": (check(head="def other(mindspore, pytorch):"), "pytorch)"),
    "two paragraphs": (
        check().replace("Another.", "A.\n\n    B.\n    "),
        "one paragraph",
    ),
    "a text that is none": (check().replace('"""A', 'f"""A'), "needs a docstring"),
    "a name as packages": ('PACKAGES = "scipy"\n', "must be a literal list of names"),
    "a distribution": ('PACKAGES = ["scikit-learn"]\n', "name by which 'scikit-learn'"),
    "a misspelt setting": ('DEVICE = ["cpu"]\n', "DEVICE has no effect: write DEVICES"),
    "an unknown device": (
        'DEVICES = ["tpu"]\n',
        "unknown device 'tpu': expected one of",
    ),
    "no device": ("DEVICES = []\n", "must be a literal list of names"),
    "a setting twice": ('DEVICES = ["cpu"]\nDEVICES += ["gpu"]\n', "expected one line"),
    "both settings": ('DEVICES, PACKAGES = ["cpu"], ["a"]\n', "expected one line"),
    "a side": ("import ones_torch\n", "imports 'ones_torch', which lies beside it"),
}


@pytest.mark.parametrize(("code", "message"), LOST.values(), ids=LOST)
def test_nothing_in_the_file_of_checks_is_lost(
    project: Project, code: str, message: str
) -> None:
    """What is neither collected nor a helper is refused, with its line."""
    project.add(checks=CHECKS + code)
    (problem,) = discover(project.examples).problems
    assert problem.line > len(CHECKS.splitlines())
    assert message in problem.message


def test_helpers_settings_and_constants_are_no_checks(project: Project) -> None:
    """They may stand in any number beside the checks."""
    code = (
        "import math as maths\nfrom os import path\nRATES, _other = [0.1], 2\n"
        'RATES += [1]\nDEVICES: list[str] = ["cpu"]\n_f = lambda: 1\n'
        "class _Net:\n    pass\n@maths.sin\nasync def _g():\n    pass\n"
    )
    project.add(checks=f'"""Checks."""\n{CHECKS}{code}')
    (comparison,) = discover(project.examples).comparisons.values()
    assert ["same"] == [check.name for check in comparison.checks]
    assert ("cpu",) == comparison.devices


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("stray.py", "belongs to no comparison"),
        ("sums/stray.py", "belongs to no comparison"),
        ("sums/more/deep/checks.py", "too deep to be found"),
    ],
)
def test_a_file_where_nothing_is_looked_for_is_named(
    project: Project, name: str, message: str
) -> None:
    """A comparison in the wrong folder is not silently left out."""
    project.add()
    path = project.examples / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CHECKS, "utf-8")
    (problem,) = discover(project.examples).problems
    assert (path, True) == (problem.path, message in problem.message)


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
