"""What is recorded of the version that builds the site is what the build saw."""

import re
from importlib.metadata import version

import pytest
from conftest import ROOT, noxfile

from crosswalk.comparisons.discover import discover
from crosswalk.engine.cache import read_entry
from crosswalk.model import Outcome
from crosswalk.parity import load
from crosswalk.parity.measurement import PairOutcome
from crosswalk.project import SNAPSHOTS
from crosswalk.versions import causes, recorder, snapshot
from crosswalk.versions.snapshot import Record, SeenComparison, SeenPair

RECORDS = {(r.device, r.version): r for r in snapshot.read_all(ROOT)}
OURS: Record = RECORDS["cpu", version("mindspore")]
COMPARISONS = discover(ROOT / "examples").comparisons
PAIRS = load.pairs(load.read(ROOT / "parity"))
OUTCOMES = ROOT / "_build" / "outcomes"


def without_warnings(seen: SeenComparison) -> tuple:
    """Return what is the same after an edit of a docstring: warnings name lines."""
    sides = {n: (s.status, s.outputs, s.failure) for n, s in seen.sides.items()}
    return seen.sources, sides, seen.checks


def without_errors(seen: SeenPair) -> tuple:
    """Return all verdicts of a pair."""
    return seen.sources, seen.verdict, seen.measurements


@pytest.mark.parametrize("name", sorted(COMPARISONS))
def test_a_record_repeats_itself(name: str) -> None:
    """Two runs, on other days and machines, print the same and check the same."""
    comparison = COMPARISONS[name]
    if not recorder.is_current(comparison, OURS, ROOT):
        pytest.skip("changed since `make versions` ran: shown as outdated")
    data = read_entry(OUTCOMES, name)
    outcome = Outcome.from_json(data["outcome"])
    seen = recorder.of_comparison(comparison, outcome, ROOT)
    assert without_warnings(OURS.comparisons[name]) == without_warnings(seen)


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_verdicts_repeat_themselves(name: str) -> None:
    """A pair has the same verdicts in two runs, in every setting and mode."""
    pair = PAIRS[name]
    if not recorder.is_measured(pair, OURS, ROOT):
        pytest.skip("changed since `make versions` ran: shown as outdated")
    data = read_entry(OUTCOMES / "parity", name)
    outcome = PairOutcome.from_json(data["outcome"])
    seen = recorder.of_pair(pair, outcome, ROOT)
    assert without_errors(OURS.pairs[name]) == without_errors(seen)


def test_all_versions_have_run() -> None:
    """The versions that `make versions` runs have a record, and causes a version."""
    found = set(noxfile().MINDSPORE)
    assert found == {v for device, v in RECORDS if device == "cpu"}
    assert {c.release for c in causes.read(ROOT)} <= found


def test_records_have_no_path_of_a_machine() -> None:
    """What a record says can be compared with one of another machine."""
    for path in (ROOT / SNAPSHOTS).glob("*.json"):
        assert [] == re.findall(r"/[\w.-]+/examples/", path.read_text("utf-8"))
