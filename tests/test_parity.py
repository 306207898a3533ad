"""The reference covers every class, and the libraries behave as it says."""

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, clean_environment

from crosswalk.cli.main import main
from crosswalk.parity import load, measure
from crosswalk.parity.measurement import PairOutcome
from crosswalk.parity.model import EXECUTION, MATCHED, Pair
from crosswalk.report import baseline

DATA = ROOT / "parity"
SUBJECTS = load.read(DATA)
PAIRS = load.pairs(SUBJECTS)
GIVEN = {"params", "optimizer"}

NAMES = """\
import json
from tests.api_names import public_classes
print(json.dumps({name: public_classes(name) for name in (
    "torch.optim", "torch.optim.lr_scheduler", "mindspore.nn.optim",
    "mindspore.nn.learning_rate_schedule", "mindspore.nn.dynamic_lr",
    "mindspore.experimental.optim", "mindspore.experimental.optim.lr_scheduler",
    "mindspore.mint.optim")}))
"""


@cache
def installed() -> dict[str, list[str]]:
    """Return the public classes of the installed libraries, by namespace."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", NAMES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=clean_environment(),
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def outcomes() -> dict[str, PairOutcome]:
    """Measure every pair, or take what the site was built from."""
    runner = measure.runner(ROOT / "_build" / "outcomes", ROOT, "cpu")
    return {o.id: o for o in runner.run(measure.items(PAIRS.values()))}


@pytest.mark.parametrize("kind", ["torch.optim", "torch.optim.lr_scheduler"])
def test_every_class_of_pytorch_has_its_data(kind: str) -> None:
    """A class that a new version brings is missed until it has a file."""
    found = [s.torch for s in SUBJECTS if s.torch.rpartition(".")[0] == kind]
    assert sorted(installed()[kind]) == sorted(found)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.slug)
def test_every_class_has_its_page(subject: object) -> None:
    """The page shows each of the class's pairs, and no other."""
    page = ROOT / "docs" / "reference" / f"{subject.kind}s" / f"{subject.slug}.md"
    shown = [
        line.partition("{parity} ")[2].strip()
        for line in page.read_text("utf-8").splitlines()
        if "{parity} " in line
    ]
    expected = [name for name, pair in PAIRS.items() if pair.subject == subject]
    assert sorted(expected) == sorted(shown)


def test_every_mindspore_class_is_a_counterpart_or_listed() -> None:
    """A class that a new version brings is missed until a page names it."""
    used = {name.partition(":")[2] for name in PAIRS}
    index = "".join(
        (ROOT / "docs" / "reference" / f"{kind}.md").read_text("utf-8")
        for kind in ("optimizers", "schedulers")
    )
    names = [
        name
        for space, found in installed().items()
        if space.startswith("mindspore")
        for name in found
    ]
    absent = [n for n in names if n not in used and f"`{n}`" not in index]
    assert [] == absent


@pytest.mark.parametrize("name", PAIRS)
def test_verdicts_are_those_expected(
    name: str, outcomes: dict[str, PairOutcome]
) -> None:
    """A library that behaves otherwise, for better or worse, is noticed."""
    assert [] == list(baseline.problems(PAIRS[name], outcomes[name]))


@pytest.mark.parametrize("name", PAIRS)
def test_every_argument_is_exercised(
    name: str, outcomes: dict[str, PairOutcome]
) -> None:
    """Each argument of both sides is changed by a setting, or a reason is given."""
    pair, outcome = PAIRS[name], outcomes[name]
    assert [] == unexercised(pair, outcome)


@pytest.mark.parametrize("name", PAIRS)
def test_an_error_is_not_left_from_the_run_before(
    name: str, outcomes: dict[str, PairOutcome]
) -> None:
    """What a setting raises is its own; a run that failed is not trained again."""
    errors = [m.error for m in outcomes[name].measurements]
    assert [] == [error for error in errors if "previous step" in error]


def unexercised(pair: Pair, outcome: PairOutcome) -> list[str]:
    """Return the arguments that no setting changes and no reason excuses.

    Without a counterpart there is nothing to compare, whatever the arguments.
    """
    if not pair.counterpart:
        return []
    theirs = {n for case in pair.subject.cases for n in case.torch}
    theirs |= {n for case in pair.cases for g in case.groups for n in g}
    theirs |= set(pair.subject.unexercised) | GIVEN
    if any(case.drive == "last_epoch" for case in pair.cases):
        theirs.add("last_epoch")
    if pair.subject.make:
        theirs |= set(argument_names(outcome, "torch"))
    absent = [n for n in argument_names(outcome, "torch") if n not in theirs]
    if pair.counterpart.make:
        return absent
    # What is excused on PyTorch's side is, by the same name, on the other.
    ours = set(pair.counterpart.unexercised) | set(pair.subject.unexercised) | GIVEN
    ours |= changed(outcome)
    if pair.counterpart.arguments:
        # The two groups have different rates, so that these differ between them.
        ours |= {"learning_rate", "learning_rates", "max_lr", "end_learning_rate"}
    if "last_epoch" in theirs:
        ours.add("last_epoch")
    return absent + [n for n in argument_names(outcome, "mindspore") if n not in ours]


def argument_names(outcome: PairOutcome, side: str) -> list[str]:
    """Return the arguments of a side, "torch" or "mindspore"."""
    return [name for name, _ in outcome.signatures[side]]


def changed(outcome: PairOutcome) -> set[str]:
    """Return MindSpore's arguments that have other values in some cases."""
    given = {m.case: m.details.mindspore_arguments for m in outcome.trainings}
    matched = given.get(MATCHED, {})
    return {
        name
        for values in given.values()
        for name, value in values.items()
        if value != matched.get(name)
    }


def test_what_is_excused_has_a_reason() -> None:
    """A reason is a sentence, and names an argument that exists."""
    assert "" not in EXECUTION.values()
    for pair in PAIRS.values():
        listed = dict(pair.counterpart.unexercised) if pair.counterpart else {}
        assert all(len(text.split()) > 3 for text in listed.values())


def test_a_changed_verdict_is_a_problem(outcomes: dict[str, PairOutcome]) -> None:
    """The text says what was expected, what came, and how to accept it."""
    pair = PAIRS["torch.optim.SGD:mindspore.nn.SGD"]
    outcome = outcomes[pair.id]
    first = outcome.trainings[0]
    others = [m for m in outcome.measurements if m != first]
    changed = replace(first, verdict="frozen")
    (text,) = baseline.problems(pair, replace(outcome, measurements=(changed, *others)))
    assert "expected defaults-differ, measured frozen" in text
    assert "python -m crosswalk parity torch.optim.SGD --pin" in text


def test_a_lost_pair_is_a_problem() -> None:
    """A pair whose process died is not taken for measured."""
    pair = PAIRS["torch.optim.SGD:mindspore.nn.SGD"]
    outcome = PairOutcome(pair.id, {}, 0.0, (), failure="its process ended")
    expected = [f"{pair.id}: not measured: its process ended"]
    assert expected == list(baseline.problems(pair, outcome))


def test_pins_are_read_as_they_were_written(
    tmp_path: Path, outcomes: dict[str, PairOutcome]
) -> None:
    """Writing and reading the expected verdicts loses nothing."""
    outcome = outcomes["torch.optim.SGD:mindspore.nn.SGD"]
    baseline.write(tmp_path / "pins" / "sgd.csv", [outcome])
    assert baseline.verdicts(outcome) == baseline.read(tmp_path / "pins" / "sgd.csv")


def test_an_outcome_survives_json(outcomes: dict[str, PairOutcome]) -> None:
    """What the store keeps is what was measured."""
    for outcome in outcomes.values():
        text = json.dumps(outcome.to_json())
        assert outcome == PairOutcome.from_json(json.loads(text))


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The command line says which names there are."""
    assert main(["parity", "torch.optim.SDG", "--data", str(DATA)]) == 2
    error = capsys.readouterr().err
    assert "no class or pair called 'torch.optim.SDG'" in error
    assert "did you mean 'torch.optim.SGD'" in error


def test_a_broken_data_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command line says which file holds no subject."""
    (tmp_path / "broken.py").write_text("SUBJECT = 1 / 0\n")
    assert main(["parity", "--data", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert f"{tmp_path / 'broken.py'}:1: expected SUBJECT = Subject(...)" in error
