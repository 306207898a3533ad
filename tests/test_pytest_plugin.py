"""``pytest examples`` runs every side and every check as an item."""

from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from conftest import CHECKS, MINDSPORE, TORCH, Project

PYTEST = ("-m", "pytest", "-p", "no:cacheprovider", "--rootdir", ".", "examples")


def test_items_are_named_after_sides_and_checks(project: Project) -> None:
    """Items carry the id of the comparison and the name of the part."""
    project.add()
    done = project.command(*PYTEST, "--collect-only", "-q")
    names = [line for line in done.stdout.splitlines() if "::" in line]
    assert names == [
        "examples/sums/ones::pytorch",
        "examples/sums/ones::mindspore",
        "examples/sums/ones::same",
    ]


def test_every_folder_that_the_site_reads_is_collected(project: Project) -> None:
    """One with another Python file is a fault here, too, and a private one is none."""
    project.add()
    for name in ("sums/other", "sums/_private"):
        folder = project.examples / name
        folder.mkdir()
        (folder / "code.txt.py").touch()
    done = project.command(*PYTEST, "--collect-only", "-q")
    assert "missing: a comparison needs a file 'other_torch.py'" in done.stdout
    assert "_private" not in done.stdout


def test_a_store_that_is_a_file_is_refused(project: Project) -> None:
    """Nothing is collected, and the message names the option."""
    project.add()
    done = project.command(*PYTEST, "--crosswalk-store=examples/sums/ones/checks.py")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--crosswalk-store" in done.stderr
    assert "expected a folder, found the file" in done.stderr


def test_keyword_selects_comparisons(project: Project) -> None:
    """With -k, only what is selected runs."""
    project.add()
    project.add("sums/other", mindspore="# %%\nraise ValueError\n")
    done = project.command(*PYTEST, "-k", "ones", "-q")
    assert "3 passed, 3 deselected" in done.stdout
    stored = project.root / "_build" / "outcomes"
    assert [path.name for path in stored.iterdir()] == ["sums.ones.json"]


def test_exitfirst_stops_at_the_first_failure(project: Project) -> None:
    """With -x, the first failed part is the last that is reported."""
    project.add("sums/a", mindspore="# %%\nraise ValueError('stop here')\n")
    project.add("sums/b")
    done = project.command(*PYTEST, "-x", "-q")
    assert "1 failed, 1 passed" in done.stdout
    assert "ValueError: stop here" in done.stdout


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"checks": CHECKS.replace("mindspore.total)", "2.0)")},
            [
                "examples/sums/ones/checks.py:6: sums/ones#same failed",
                "expected a deviation of at most 1e-06, got 0.333333",
                "what the PyTorch side printed:\n    3.0",
            ],
        ),
        (
            {"mindspore": f"{MINDSPORE}1 / 0\n"},
            [
                "examples/sums/ones/ones_mindspore.py:8: sums/ones#mindspore failed",
                "ZeroDivisionError: division by zero",
                "sums/ones#same failed\n    the mindspore side failed",
            ],
        ),
        ({"torch": "x = 1\n"}, ["ones_torch.py:1: the first line must start a cell"]),
        ({"torch": f"{TORCH}return\n"}, ["ones_torch.py:8: 'return' outside function"]),
    ],
    ids=["check", "side", "unreadable", "not compiled"],
)
def test_a_failure_shows_where_expected_and_got(
    project: Project, changed: dict[str, str], expected: list[str]
) -> None:
    """A failure has its place, cause and the sides' output, and none of our frames."""
    project.add(**changed)
    done = project.command(*PYTEST, "-q")
    assert done.returncode != 0
    assert [text for text in expected if text not in done.stdout] == []
    assert "pytest_plugin.py" not in done.stdout
    assert "child.py" not in done.stdout


def test_what_is_missing_is_a_counted_skip(project: Project) -> None:
    """A comparison that cannot run here is skipped with its reason."""
    project.add(checks=f"PACKAGES = ['no_such_package']\n{CHECKS}")
    done = project.command(*PYTEST, "-q", "-rs")
    assert "3 skipped" in done.stdout
    assert "not installed: no_such_package" in done.stdout


def test_many_processes_give_the_same_result(project: Project) -> None:
    """With ``pytest -n`` each part passes, fails or is skipped as without."""
    project.add("sums/a")
    project.add("sums/b", mindspore=f"{MINDSPORE}1 / 0\n")
    project.add("sums/c", checks=CHECKS.replace("mindspore.total)", "2.0)"))
    project.add("sums/d", checks=f"PACKAGES = ['no_such_package']\n{CHECKS}")
    alone = results(project, "--crosswalk-store=alone")
    assert {"PASSED": 6, "FAILED": 3, "SKIPPED": 3} == Counter(alone.values())
    assert alone == results(project, "--crosswalk-store=many", "-n2")
    stored = [
        {path.name for path in (project.root / name).iterdir()}
        for name in ("alone", "many")
    ]
    assert stored[0] == stored[1]


def results(project: Project, *options: str) -> dict[str, str]:
    """Return what became of each item."""
    project.command(*PYTEST, "--junitxml=all.xml", *options)
    cases = ET.parse(project.root / "all.xml").iter("testcase")  # noqa: S314 - our own
    words = {"failure": "FAILED", "skipped": "SKIPPED"}
    return {
        f"{case.get('classname')}::{case.get('name')}": words[case[0].tag]
        if len(case)
        else "PASSED"
        for case in cases
    }
