"""Checks share helpers of their topic, and a page shows what a check uses."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest
from bs4 import Tag
from conftest import ROOT, Project
from small_site import build, read_checks

from crosswalk.comparisons.discover import discover

TOPICS = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())
SHARED = '''\
"""Helpers of the topic."""

SCALE = 2.0


def doubled(value):
    return float(value) * SCALE


def never_used(value):
    return value
'''
CHECKS = '''\
from crosswalk import expect
from shared import doubled

TOLERANCE = 1e-6


def _compare(one, other):
    expect.close(doubled(one), doubled(other), tolerance=TOLERANCE)


def same(pytorch, mindspore):
    """Both frameworks give the same sum."""
    _compare(pytorch.total, mindspore.total)


def also_same(pytorch, mindspore):
    """The sum is three in both frameworks."""
    expect.equal([3.0, 3.0], [pytorch.total.item(), float(mindspore.total)])
'''
PAGE = """\
# Sums

Both sums are the same. {check}`sums/ones#same` {check}`sums/ones#also_same`

```{comparison} sums/ones
```
"""


@pytest.fixture
def sharing(project: Project) -> Project:
    """Return a project whose one comparison uses the module of its topic."""
    project.add(checks=CHECKS)
    (project.examples / "sums" / "shared.py").write_text(SHARED, "utf-8")
    return project


def problems(project: Project) -> list[str]:
    """Return what keeps the project's comparisons from being read."""
    return [problem.message for problem in discover(project.examples).problems]


def test_a_check_names_the_helpers_that_it_uses(sharing: Project) -> None:
    """Those that it uses through others count, in both files; others do not."""
    found = discover(sharing.examples)
    assert () == found.problems
    used, alone = found.comparisons["sums/ones"].checks
    names = ["TOLERANCE", "_compare", "SCALE", "doubled"]
    assert names == [helper.name for helper in used.helpers]
    assert () == alone.helpers


def test_checks_run_with_the_module_of_their_topic(sharing: Project) -> None:
    """Its file is among the sources of the outcome."""
    outcome = sharing.run()["sums/ones"]
    assert "passed" == outcome.status, outcome
    assert "examples/sums/shared.py" in outcome.sources


def test_an_edited_module_runs_its_topic_again(sharing: Project) -> None:
    """The outcome of what imports it is no longer given back."""
    sharing.run()
    path = sharing.examples / "sums" / "shared.py"
    path.write_text(SHARED.replace("2.0", "float('nan')"), "utf-8")
    assert "failed" == sharing.run()["sums/ones"].check("same").status


def test_a_side_cannot_choose_the_helpers(sharing: Project) -> None:
    """A side that puts its own module in the place of the topic's has no effect."""
    fake = "import sys, types\nfake = types.ModuleType('shared')\n"
    fake += "fake.doubled = lambda _: 1.0\nsys.modules['shared'] = fake\n"
    side = sharing.examples / "sums/ones/ones_torch.py"
    text = side.read_text("utf-8").replace("torch.ones(3)", "torch.ones(4)")
    side.write_text(text + fake, "utf-8")
    assert "failed" == sharing.run()["sums/ones"].check("same").status


WRONG = {
    "import shared": ("import shared\n" + CHECKS, SHARED, "from shared import name"),
    "not there": (CHECKS, None, "no module of the topic: expected"),
    "runs code": (CHECKS, SHARED + "print(1)\n", "would run in every check"),
    "no Python": (CHECKS, "def doubled(:\n", "invalid syntax"),
}


@pytest.mark.parametrize(("checks", "shared", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_module_is_refused(
    project: Project, checks: str, shared: str | None, message: str
) -> None:
    """The message says what is expected; nothing runs."""
    project.add(checks=checks)
    if shared is not None:
        (project.examples / "sums" / "shared.py").write_text(shared, "utf-8")
    (found,) = problems(project)
    assert message in found


def test_a_side_cannot_import_it(project: Project) -> None:
    """A reader who copies a side does not have the topic's module."""
    project.add(torch="# %%\nfrom shared import doubled\n", checks=CHECKS)
    (project.examples / "sums" / "shared.py").write_text(SHARED, "utf-8")
    assert ["a side cannot import 'shared', which readers lack"] == problems(project)


def helper_names(page: Tag) -> list[str]:
    """Return what the page's block of helpers defines, in order."""
    blocks = page.select(".check-helpers div.highlight")
    return [block.get_text().split("(")[0].split(" = ")[0] for block in blocks]


def test_a_page_shows_each_helper_once(sharing: Project) -> None:
    """The code that a check uses is below the checks; unused code is not."""
    done = build(sharing, PAGE)
    assert 0 == done.returncode, done.stderr
    expected = ["TOLERANCE", "def _compare", "SCALE", "def doubled"]
    assert expected == helper_names(read_checks(sharing))
    shared = sharing.examples / "sums" / "shared.py"
    shared.write_text(SHARED.replace("2.0", "3.0"), "utf-8")
    assert 0 == build(sharing, PAGE).returncode
    assert "SCALE = 3.0" in read_checks(sharing).get_text()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_no_helper_stands_in_two_comparisons_of_a_topic(topic: Path) -> None:
    """What several need is written once, in the topic's module."""
    places = defaultdict(list)
    for path in (*topic.glob("*/checks.py"), *topic.glob("shared.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            # Two checks may ask the same of two comparisons.
            if path.name == "shared.py" or node.name.startswith("_"):
                node.name = node.name.lstrip("_")
                places[ast.dump(node)].append(f"{path}:{node.lineno}")
    assert [] == [found for found in places.values() if len(found) > 1]
