"""An outcome is reused only while nothing that can change it has changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHECKS, Project

from crosswalk.comparisons.discover import discover
from crosswalk.engine.runner import Runner
from crosswalk.engine.sandbox import Limits
from crosswalk.model import Comparison, Outcome


@pytest.fixture
def stored(project: Project) -> Project:
    """Return a project whose one comparison ran and passed."""
    (project.examples / "common.py").write_text("WANTED = 3.0\n")
    helper = (
        "import sys; _ = sys.path.insert(0, str(__import__('pathlib').Path(__file__)"
    )
    helper += ".parents[2])); import common\n"
    project.add(checks=helper + CHECKS)
    assert project.run()["sums/ones"].status == "passed"
    return project


def look_up(project: Project, **settings: object) -> Outcome | None:
    """Ask the store for the comparison as it stands now."""
    runner = Runner(project.store(), **settings)
    return runner.cache.get(comparison(project), runner.settings())


def comparison(project: Project) -> Comparison:
    """Return the project's comparison."""
    return discover(project.examples).comparisons["sums/ones"]


def test_nothing_changed_nothing_runs(stored: Project) -> None:
    """The second run gives the stored outcome, seconds and all."""
    first = look_up(stored)
    assert first == stored.run()["sums/ones"]


EDITS: dict[str, Callable[[Path], object]] = {
    "torch side": lambda e: append(e / "sums/ones/ones_torch.py"),
    "mindspore side": lambda e: append(e / "sums/ones/ones_mindspore.py"),
    "checks": lambda e: append(e / "sums/ones/checks.py"),
    "shared helper": lambda e: append(e / "common.py"),
    "helper gone": lambda e: (e / "common.py").unlink(),
    "data file": lambda e: (e / "sums/ones/data.txt").write_text("1"),
}


def append(path: Path) -> None:
    """Change a source in a way that keeps it valid."""
    path.write_text(path.read_text("utf-8") + "# more\n", "utf-8")


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_makes_it_stale(
    stored: Project, edit: Callable[[Path], object]
) -> None:
    """A changed, added or removed source asks for a new run."""
    edit(stored.examples)
    assert look_up(stored) is None


@pytest.mark.parametrize("package", ["torch", "mindspore", "numpy"])
def test_another_version_makes_it_stale(
    stored: Project, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    """Another version of a framework or of NumPy asks for a new run."""
    real = Runner.settings

    def changed(runner: Runner) -> dict[str, str]:
        return {**real(runner), package: "0.0"}

    monkeypatch.setattr(Runner, "settings", changed)
    assert look_up(stored) is None


@pytest.mark.parametrize("settings", [{"device": "gpu"}, {"limits": Limits(seconds=7)}])
def test_another_setting_makes_it_stale(
    stored: Project, settings: dict[str, object]
) -> None:
    """Device and time limit belong to the key."""
    assert look_up(stored, **settings) is None


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.99])
def test_a_damaged_file_is_not_believed(stored: Project, keep: float) -> None:
    """A file that was cut short asks for a new run."""
    (path,) = (stored.root / "_build" / "outcomes").glob("*.json")
    text = path.read_text("utf-8")
    path.write_text(text[: int(len(text) * keep)], "utf-8")
    assert look_up(stored) is None


def test_a_garbled_figure_is_not_believed(stored: Project) -> None:
    """A file in which a number was changed, though readable, asks for a new run."""
    (path,) = (stored.root / "_build" / "outcomes").glob("*.json")
    text = path.read_text("utf-8")
    assert '"tolerance": 1e-06' in text
    path.write_text(text.replace('"tolerance": 1e-06', '"tolerance": 2e-06'), "utf-8")
    assert look_up(stored) is None


def test_a_failure_runs_again(project: Project) -> None:
    """What failed is not given back, so that red stays red until it is mended."""
    project.add(checks=CHECKS.replace("mindspore.total)", "2.0)"))
    assert project.run()["sums/ones"].status == "failed"
    assert look_up(project) is None
    project.add()
    assert project.run()["sums/ones"].status == "passed"


def test_outcomes_survive_the_way_to_disk(stored: Project) -> None:
    """What is read back equals what was written."""
    outcome = look_up(stored)
    assert outcome == Outcome.from_json(outcome.to_json())
