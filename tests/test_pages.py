"""A page at fault fails the build, with its file and line."""

import pytest
from conftest import Project
from small_site import PAGE, build

PAGES = {
    "unknown comparison": (
        f"{PAGE}\n```{{comparison}} sums/none\n```\n",
        "index.md:20: WARNING: unknown comparison 'sums/none'; did you mean 'sums/o",
    ),
    "unknown check": (
        f"{PAGE}\nText. {{check}}`sums/ones#none`\n",
        "index.md:20: WARNING: comparison 'sums/ones' has no check 'none'; it has:",
    ),
    "unknown record": (
        f"{PAGE}\nText. {{measured}}`sums/ones#same.none`\n",
        "index.md:20: WARNING: check 'sums/ones#same' measured no 'none'; it measured:",
    ),
    "a comparison for a check": (
        f"{PAGE}\nText. {{check}}`sums/ones`\n",
        "WARNING: expected a check, found the comparison 'sums/ones'; it has",
    ),
    "unknown figure": (
        f"{PAGE}\nText. {{evidence}}`tests`\n",
        "WARNING: unknown figure 'tests'; there are: comparisons, checks",
    ),
    "row without badge": (
        PAGE.replace("| sum | {check}`sums/ones#same` |", "| sum | yes |"),
        "index.md:12: WARNING: this claim has no badge, add a check role: 'sum yes'",
    ),
    "item without badge": (
        f"{PAGE}\n:::{{claims}}\n- one {{check}}`sums/ones#same`\n- two\n:::\n",
        "index.md:22: WARNING: this claim has no badge, add a check role: 'two'",
    ),
    "unknown topic": (
        PAGE.replace("```{evidence}", "```{evidence} products"),
        "index.md:17: WARNING: unknown topic 'products'; there are: sums",
    ),
    "unused comparison": (
        "# Nothing\n",
        "checks.py:1: WARNING: comparison 'sums/ones' is unused",
    ),
    "unused check": (
        "# Sums\n\n```{comparison} sums/ones\n```\n",
        "checks.py:4: WARNING: check 'sums/ones#same' is unused: no badge cites it",
    ),
    "shown twice": (
        f"{PAGE}\n```{{comparison}} sums/ones\n```\n",
        "index.md:20: WARNING: comparison 'sums/ones' is shown twice on this page",
    ),
}


@pytest.mark.parametrize(("page", "message"), PAGES.values(), ids=PAGES)
def test_a_page_at_fault_fails_every_build(
    project: Project, page: str, message: str
) -> None:
    """A fault of a page is a warning with file and line, in each build."""
    project.add()
    for _ in range(2):
        done = build(project, page=page)
        assert done.returncode == 1
        assert message in done.stderr


CONFS = {
    "crosswalk_examples = 'nowhere'": "no folder of examples at ",
    "crosswalk_store = 'conf.py'": "crosswalk_store ",
    "crosswalk_parity = 'nowhere'": "crosswalk_parity: expected a folder of data files",
    "crosswalk_parity = 'docs'": "expected a folder with data files, <class>.py",
    "crosswalk_limits = {'speed': 1}": "unknown limit 'speed': expected one of",
    "crosswalk_limits = 'time=1'": "crosswalk_limits: expected limits by name",
    "crosswalk_device = 'tpu'": "unknown device 'tpu': expected one of",
}


@pytest.mark.parametrize(("conf", "message"), CONFS.items(), ids=CONFS)
def test_a_setting_at_fault_fails_the_build(
    project: Project, conf: str, message: str
) -> None:
    """A sentence says what was expected of conf.py; no traceback is shown."""
    project.add()
    done = build(project, conf=conf)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback (most recent call last)" not in done.stderr
