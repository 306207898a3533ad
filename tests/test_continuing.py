"""Runs that stop and go on in a new process, or change on the way.

Frameworks are imported in child processes only.
"""

import json
import subprocess
import sys
from dataclasses import replace

import msgspec
import pytest
from conftest import ROOT, clean_environment

from crosswalk.engine import process
from crosswalk.model import read
from crosswalk.parity.measurement import (
    ChangeDetails,
    Entry,
    Measurement,
    PairOutcome,
    ResumeDetails,
)

ASKED = """\
import json
from pathlib import Path
import torch
import mindspore
mindspore.set_device("CPU")
import msgspec
from crosswalk.parity.measure import isolated
from crosswalk.parity.model import Counterpart, Pair, Subject
from crosswalk.parity.probes import Context
from crosswalk.parity.probes.change import ChangeProbe
from crosswalk.parity.probes.resume import ResumeProbe

ResumeProbe.modes = ("eager", "pynative")
ChangeProbe.modes = ("jit",)
optim = "mindspore.experimental.optim"
sgd, nadam = (
    Subject(f"torch.optim.{name}", {"lr": 0.05}, (), ()) for name in ("SGD", "NAdam")
)
in_nn = Counterpart("mindspore.nn.SGD", names={"lr": "learning_rate"})
plain = {
    "nn": Context(Pair(sgd, in_nn), Path("nn")),
    "NAdam": Context(Pair(nadam, Counterpart(f"{optim}.NAdam")), Path("NAdam")),
}
changed = Context(Pair(sgd, Counterpart(f"{optim}.SGD")), Path("changed"))
changed.arguments.shared = {n: changed.arguments.shared[n] for n in ("lr", "momentum")}

def measured(probe):
    cases = probe.cases(probe.pair)
    observations = isolated(lambda: probe.observe(cases))
    return isolated(lambda: probe.compare(cases, observations))

found = {name: measured(ResumeProbe(context)) for name, context in plain.items()}
found["changes"] = measured(ChangeProbe(changed))
print("\\n" + json.dumps(msgspec.to_builtins(found)))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    """Return what one child process measures, by what it did."""
    folder = tmp_path_factory.mktemp("continuing")
    (folder / "asked.py").write_text(ASKED, "utf-8")
    done = subprocess.run(
        [sys.executable, "asked.py"],
        cwd=folder,
        env={**clean_environment(), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    return {
        name: [read(one, Measurement) for one in all_] for name, all_ in found.items()
    }


def _verdicts(resumes: list[Measurement], framework: str) -> dict[str, str]:
    return {
        one.details.saved: one.verdict
        for one in resumes
        if one.details.framework == framework
    }


def test_pytorch_goes_on(told: dict[str, list]) -> None:
    """With its optimizer's state PyTorch goes on exactly; without it does not."""
    expected = {"weights only": "differs", "optimizer": "same", "rate changed": "same"}
    assert expected == _verdicts(told["nn"], "pytorch")


def test_sgd_of_nn_goes_on(told: dict[str, list]) -> None:
    """The file of `mindspore.nn.SGD` is enough, that of the weights is not."""
    found = _verdicts(told["nn"], "mindspore")
    assert "differs" == found["weights only"]
    assert "same" == found["optimizer"]


def test_without_a_way_to_change_the_rate(told: dict[str, list]) -> None:
    """Where no change of the rate takes effect, that is the error."""
    one = next(
        r for r in told["nn"] if r.details.saved == "rate changed" and r.mode != "eager"
    )
    assert "fails" == one.verdict
    assert one.max_abs_deviation is None
    assert "no way to change the rate" in one.error


def test_the_file_is_described(told: dict[str, list]) -> None:
    """Weights, state, counts, rates and hyperparameters are told apart."""
    details = [r.details for r in told["nn"]]
    one = next(d for d in details if d.file and d.framework == "mindspore")
    assert Entry("linear.weight", (3, 4), "weight") in one.file
    assert Entry("accum.linear.weight", (3, 4), "state") in one.file
    assert Entry("global_step", (1,), "step count") in one.file
    assert Entry("learning_rate", (), "rate") in one.file
    assert Entry("momentum", (), "hyperparameter") in one.file
    assert {"dampening", "weight_decay", "nesterov", "loss_scale"} == set(one.absent)
    assert () == one.outside


def test_nadam_loses_a_state(told: dict[str, list]) -> None:
    """Parameters in a list are in no file; saved by hand, the run goes on."""
    found = _verdicts(told["NAdam"], "mindspore")
    assert "differs" == found["optimizer"]
    one = next(r.details for r in told["NAdam"] if r.details.outside)
    lost = {e.name for e in one.outside if e.kind == "step count"}
    assert "mu_product_linear.weight" in lost


def test_group_value_is_ignored_in_a_compiled_step(told: dict[str, list]) -> None:
    """A compiled step keeps the number that it was compiled with."""
    verdicts = [
        one.verdict
        for one in told["changes"]
        if one.details.hyperparameter == "momentum"
    ]
    assert ["ignored"] == verdicts


def test_assigned_rate_takes_effect(told: dict[str, list]) -> None:
    """A rate that is a parameter can be assigned, in the second group too."""
    verdicts = {
        one.details.group: one.verdict
        for one in told["changes"]
        if one.details.hyperparameter == "lr" and ".copy_(" in one.details.code
    }
    assert {0: "same", 1: "same"} == verdicts


def test_every_change_is_measured(told: dict[str, list]) -> None:
    """A change that raised nothing has its figures, and PyTorch's shows."""
    assert told["changes"]
    for one in told["changes"]:
        assert bool(one.error) == (one.verdict == "fails"), one
        details = one.details
        assert one.error or details.torch_effect > details.unchanged_deviation, one


def test_outcome_through_json() -> None:
    """What was measured comes back equal from JSON."""
    entry = Entry("accum", (2, 3), "state")
    resume = ResumeDetails("mindspore", "", "optimizer", 25, file=(entry,))
    one = Measurement("pair", "resume", "case", "jit", "differs", resume, steps=50)
    change = ChangeDetails("lr", 0, 0.2, "code", "torch_code", 10)
    other = Measurement("pair", "change", "case", "graph", "ignored", change)
    outcome = PairOutcome("pair", {}, 1.0, (replace(one, error="no"), other))
    assert outcome == PairOutcome.from_json(json.loads(json.dumps(outcome.to_json())))
    assert entry == read(msgspec.to_builtins(resume), ResumeDetails).file[0]


def test_what_a_fork_reports() -> None:
    """A forked process gives its report, or the error that it ended with."""
    assert process.run(lambda _: b"[1, 2]", seconds=10) == b"[1, 2]"
    with pytest.raises(process.LostError, match="ZeroDivisionError") as caught:
        process.run(lambda _: 1 / 0, seconds=10)
    assert "test_continuing.py" in str(caught.value)
