"""A page tells what each release changed, and the cause of each behaviour."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from conftest import Project
from small_site import PAGE, build, read_page

from crosswalk.introspect import Argument
from crosswalk.project import SNAPSHOTS
from crosswalk.versions import snapshot
from crosswalk.versions.snapshot import (
    Record,
    SeenApi,
    SeenCheck,
    SeenComparison,
    SeenSide,
)

SIDES = {"pytorch": SeenSide("passed", ("3.0\n",))}
SIDES["mindspore"] = SeenSide("passed", ("3.0\n",))
CHECKED = {"same": SeenCheck("passed", "PyNative")}
OLD = Record(
    {"mindspore": "2.9.0", "torch": "2.13.0", "device": "cpu"},
    {"sums/ones": SeenComparison("0123", SIDES, CHECKED)},
    apis={"mindspore.nn.A": SeenApi((Argument("lr", "0.1"),))},
)
CAUSE = """\
[[cause]]
release = "2.10.0"
items = ["sums/ones"]
text = "The sum is taken in another order."
"""
WITH_RELEASES = f"{PAGE}\n```{{releases}}\n```\n"


def newer(**changed: object) -> Record:
    """Return a record of the next version; ``changed`` of the MindSpore side."""
    api = SeenApi((Argument("lr", "0.01"),), ("It will be removed.",))
    sides = {**SIDES, "mindspore": replace(SIDES["mindspore"], **changed)}
    return Record(
        {**OLD.environment, "mindspore": "2.10.0"},
        {"sums/ones": SeenComparison("0123", sides, CHECKED)},
        apis={"mindspore.nn.A": api},
    )


def write(project: Project, new: Record, causes: str = "") -> None:
    """Write both records, and the causes."""
    project.add()
    for found in (OLD, new):
        snapshot.write(found, project.root)
    if causes:
        path = project.root / SNAPSHOTS / "causes.toml"
        path.write_text(causes, "utf-8")


def told(page: BeautifulSoup) -> list[list[str]]:
    """Return the texts of all rows of the releases' tables."""
    for place in page.select("wbr"):
        place.decompose()
    page.smooth()
    rows = page.select("table.releases tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row("td")] for row in rows]


def test_a_release_is_told_with_its_cause(project: Project) -> None:
    """The cause stands above what it explains; announcements and arguments follow."""
    write(project, newer(outputs=("2.9\n",)), CAUSE)
    assert build(project, WITH_RELEASES).stderr == ""
    page = read_page(project)
    assert "MindSpore 2.10.0, compared with 2.9.0" in page.select_one("section h2").text
    expected = [
        ["sums/ones ( Sums )", "3.0", "2.9"],
        ["began", "It will be removed.", "mindspore.nn.A"],
        ["mindspore.nn.A", "lr=0.1", "lr=0.01"],
    ]
    assert expected == told(page)
    assert "The sum is taken in another order." in page.get_text()


@pytest.mark.parametrize(
    ("output", "causes", "expected"),
    [
        ("2.9\n", "", "no cause of what MindSpore 2.10.0 changed: output sums/ones"),
        ("3.0\n", CAUSE, "MindSpore 2.10.0 changed nothing in 'sums/ones'"),
        ("3.0\n", "[[cause]]\ntext = 1", "expected [[cause]] tables, each with"),
    ],
)
def test_a_cause_and_what_it_explains_belong_together(
    project: Project, output: str, causes: str, expected: str
) -> None:
    """A build fails for one without the other, and names the file."""
    write(project, newer(outputs=(output,)), causes)
    done = build(project, WITH_RELEASES)
    assert 0 != done.returncode
    assert expected in done.stderr
    assert "versions/causes.toml:" in done.stderr


def test_what_has_other_sources_is_said_to_wait(project: Project) -> None:
    """A difference that an edit may have made is not told as a release's."""
    new = newer(outputs=("2.9\n",))
    seen = replace(new.comparisons["sums/ones"], sources="4567")
    write(project, new.with_comparison("sums/ones", seen))
    assert build(project, WITH_RELEASES).stderr == ""
    page = read_page(project)
    assert ["began", "mindspore.nn.A"] == [row[0] for row in told(page)]
    assert "Not compared: 1 comparisons and pairs" in page.get_text()
