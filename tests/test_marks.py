"""One mark per sentence or row opens the list of its checks with their claims."""

import re

import pytest
from bs4 import BeautifulSoup
from conftest import CHECKS, Project
from small_site import prepare, read_page, run

from crosswalk.sphinx.checks import roles

TWO = (
    CHECKS
    + '''

def positive(pytorch, mindspore):
    """The sum of `ones` is above 2."""
    expect.equal(True, float(mindspore.total) > 2, name="sum")
'''
)
SENTENCES = """\
# Sums

Both sums are the same. {check}`sums/ones#same` {check}`sums/ones#positive`
It is {measured}`sums/ones#same.deviation`. {check}`sums/ones#same`

```{comparison} sums/ones
```
"""


@pytest.fixture
def page(project: Project) -> BeautifulSoup:
    """Return a page whose first sentence cites two checks."""
    project.add(checks=TWO)
    done = run(project, prepare(project, SENTENCES))
    assert done.returncode == 0, done.stderr
    return read_page(project)


def test_adjacent_checks_share_a_mark(page: BeautifulSoup) -> None:
    """Two checks behind one sentence make one mark, which says how many there are."""
    first, second = page.select("p .claim-mark")
    labels = [mark.button["aria-label"] for mark in (first, second)]
    assert ["Checks: 2, passed", "Checks: 1, passed"] == labels
    assert "✓" == first.button.get_text()


def test_a_mark_lists_its_checks_with_their_claims(page: BeautifulSoup) -> None:
    """The list has each claim as a link to the check; it needs no script."""
    mark = page.select_one("p .claim-mark")
    shown = page.find(id=mark.button["popovertarget"])
    assert "popover" in shown.attrs
    texts = [link.get_text() for link in shown.select("a")]
    expected = ["Both frameworks give the same sum.", "The sum of ones is above 2."]
    assert [f"✓ {text}" for text in expected] == texts
    names = ("same", "positive")
    addresses = [f"checks/sums/ones.html#check-sums-ones-{name}" for name in names]
    assert addresses == [link["href"] for link in shown.select("a")]


def test_a_failed_check_shows_on_the_mark(project: Project) -> None:
    """If one of its checks fails, the mark says so with a sign and a word."""
    project.add(checks=TWO.replace("> 2", "> 3"))
    run(project, prepare(project, SENTENCES))
    faces = [m.get_text() for m in read_page(project).select("p .mark-button")]
    assert ["✗ failed", "✓"] == faces


def test_a_mark_is_one_link_in_markdown(page: BeautifulSoup, project: Project) -> None:
    """The Markdown of a page has a single link for a mark."""
    del page
    text = (project.root / "out-en" / "index.md").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("Both"))
    links = re.findall(r"\[✓\]\(checks/sums/ones.html#[\w-]+\)", line)
    assert 1 == len(links)
    assert "popover" not in text


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(0.4578, "46 %"), (1.234, "120 %"), (0.000117, "0.012 %"), (1.0, "100 %")],
)
def test_a_large_deviation_is_a_percentage(ratio: float, expected: str) -> None:
    """Two digits tell a reader enough."""
    assert expected == roles.percentage(ratio)
