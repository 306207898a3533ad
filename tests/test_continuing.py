"""Runs that stop and go on in a new process, or change on the way.

Frameworks are imported in child processes only.
"""

import json
import subprocess
import sys
from dataclasses import asdict

import pytest
from conftest import ROOT, clean_environment

from crosswalk import process
from crosswalk.model import read
from crosswalk.parity.continuing import Change, Entry, Resume
from crosswalk.parity.model import PairOutcome

ASKED = """\
import json
import pickle
from dataclasses import asdict
from pathlib import Path
import torch
import mindspore
mindspore.set_device("CPU")
from crosswalk import process
from crosswalk.parity import change, resume
from crosswalk.parity.model import Counterpart, Pair, Subject
from crosswalk.parity.trainings import Sides

resume.MODES = ("pynative",)
change.MODES = ("jit",)
optim = "mindspore.experimental.optim"
sgd, nadam = (
    Subject(f"torch.optim.{name}", {"lr": 0.05}, (), ()) for name in ("SGD", "NAdam")
)
in_nn = Counterpart("mindspore.nn.SGD", names={"lr": "learning_rate"})
plain = {
    "nn": Sides(Pair(sgd, in_nn)),
    "NAdam": Sides(Pair(nadam, Counterpart(f"{optim}.NAdam"))),
}
changed = Sides(Pair(sgd, Counterpart(f"{optim}.SGD")))
changed.shared = {name: changed.shared[name] for name in ("lr", "momentum")}

def begin():
    return {name: resume.stop(s, (), Path(name)) for name, s in plain.items()}

def go_on():
    return {name: resume.go_on(plain[name], one) for name, one in stopped.items()}

def forked(function):
    return pickle.loads(process.run(lambda _: pickle.dumps(function()), seconds=100))

stopped = forked(begin)
resumes = forked(go_on)
print("\\n" + json.dumps({
    **{name: [asdict(one) for one in found] for name, found in resumes.items()},
    "changes": [asdict(one) for one in change.changes(changed)],
}))
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
    changes = [read(one, Change) for one in found.pop("changes")]
    resumes = {
        name: [read(one, Resume) for one in all_] for name, all_ in found.items()
    }
    return {"changes": changes, **resumes}


def _verdicts(resumes: list[Resume], framework: str) -> dict[str, str]:
    return {one.way: one.verdict for one in resumes if one.framework == framework}


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
    one = next(r for r in told["nn"] if r.way == "rate changed" and r.mode != "eager")
    assert "fails" == one.verdict
    assert one.max_abs_deviation is None
    assert "no way to change the rate" in one.error


def test_the_file_is_described(told: dict[str, list]) -> None:
    """Weights, state, counts, rates and hyperparameters are told apart."""
    one = next(r for r in told["nn"] if r.file and r.framework == "mindspore")
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
    one = next(r for r in told["NAdam"] if r.outside)
    lost = {e.name for e in one.outside if e.kind == "step count"}
    assert "mu_product_linear.weight" in lost


def test_group_value_is_ignored_in_a_compiled_step(told: dict[str, list]) -> None:
    """A compiled step keeps the number that it was compiled with."""
    verdicts = [
        one.verdict for one in told["changes"] if one.hyperparameter == "momentum"
    ]
    assert ["ignored"] == verdicts


def test_assigned_rate_takes_effect(told: dict[str, list]) -> None:
    """A rate that is a parameter can be assigned, in the second group too."""
    verdicts = {
        (one.group, one.code.partition("(")[0]): one.verdict
        for one in told["changes"]
        if one.hyperparameter == "lr" and one.code.startswith("ops.assign")
    }
    assert {(0, "ops.assign"): "same", (1, "ops.assign"): "same"} == verdicts


def test_every_change_is_measured(told: dict[str, list]) -> None:
    """A change that raised nothing has its figures, and PyTorch's shows."""
    assert told["changes"]
    for one in told["changes"]:
        assert bool(one.error) == (one.verdict == "fails"), one
        assert one.error or one.torch_effect > one.unchanged_deviation, one


def test_outcome_through_json() -> None:
    """What was measured comes back equal from JSON."""
    entry = Entry("accum", (2, 3), "state")
    one = Resume(
        "mindspore", "", "optimizer", "jit", 25, 50, 0.5, "differs", file=(entry,)
    )
    other = Change("lr", 0, 0.2, "code", "torch_code", "graph", 10, 30, "ignored")
    outcome = PairOutcome("pair", {}, 1.0, (), resumes=(one,), changes=(other,))
    assert outcome == PairOutcome.from_json(json.loads(json.dumps(outcome.to_json())))
    assert entry == read(asdict(one), Resume).file[0]


def test_what_a_fork_reports() -> None:
    """A forked process gives its report, or the error that it ended with."""
    assert process.run(lambda _: b"[1, 2]", seconds=10) == b"[1, 2]"
    with pytest.raises(process.LostError, match="ZeroDivisionError") as caught:
        process.run(lambda _: 1 / 0, seconds=10)
    assert "test_continuing.py" in str(caught.value)
