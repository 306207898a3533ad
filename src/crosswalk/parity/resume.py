"""Stop a run, save it, and go on in a new process; for the forked processes only.

`stop` runs in the first process, `go_on` in the second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mindspore as ms
import numpy as np
import torch

from crosswalk.parity import held, measure
from crosswalk.parity.bench import first_line
from crosswalk.parity.continuing import (
    NO_WAY,
    RESUME_WAYS,
    Change,
    Entry,
    Resume,
    ResumeWay,
)
from crosswalk.parity.mindspore_side import mode_set
from crosswalk.parity.model import Mode
from crosswalk.parity.trainings import MindSporeTraining, Sides, TorchTraining
from crosswalk.parity.ways import Way

STEPS = 25
# Graph mode compiles the update that @jit compiles, and saves the same values.
ALL_MODES = ("eager", "pynative", "jit")
# Flags with which an optimizer keeps one more state.
FLAGS = ("amsgrad", "centered")
# The ways of which the rate is changed before saving.
CHANGED = ("rate changed", "everything")


@dataclass
class Stopped:
    """A run as it was saved, and its unbroken continuations, by way.

    ``points`` hold the parameters after each of `STEPS` steps.
    """

    framework: str
    setting: str
    mode: str
    folder: Path
    points: dict[ResumeWay, np.ndarray] = field(default_factory=dict)
    rate: Way | None = None
    error: str = ""
    about: dict[str, tuple] = field(default_factory=dict)

    @property
    def ways(self) -> tuple[ResumeWay, ...]:
        """Return the ways that are tried.

        PyTorch's file holds everything. A newly built optimizer is the same in
        every mode.
        """
        if self.framework == "pytorch":
            return ("optimizer",) if self.setting else RESUME_WAYS[:-1]
        if self.setting:
            return ("optimizer", "everything")
        return RESUME_WAYS if self.mode == "pynative" else RESUME_WAYS[1:]


def stop(sides: Sides, changes: Iterable[Change], folder: Path) -> list[Stopped]:
    """Train, save below ``folder`` and train on, on both sides and in each mode.

    ``changes`` tell which way of changing the rate takes effect.
    """
    found = []
    settings = ("", *(flag for flag in FLAGS if flag in sides.shared))
    for name in settings:
        for mode in ALL_MODES[:2] if name else ALL_MODES:
            framework = "pytorch" if mode == "eager" else "mindspore"
            place = folder / f"{name}-{mode}"
            place.mkdir(parents=True)
            one = Stopped(framework, name, mode, place)
            found.append(one)
            try:
                if mode == "eager":
                    _stop_torch(sides, one)
                else:
                    one.rate = _working(changes, mode)
                    with mode_set(mode):
                        _stop_mindspore(sides, one)
            except Exception as error:  # noqa: BLE001 - it is what we want to know
                one.error = _text(error)
    return found


def go_on(sides: Sides, stopped: Iterable[Stopped]) -> tuple[Resume, ...]:
    """Load what `stop` saved, train on, and compare with not stopping.

    "everything" is tried only where a lesser file is not enough.
    """
    found: list[Resume] = []
    told: set[tuple[str, str]] = set()
    for one in stopped:
        verdicts = {}
        one.about = {} if _key(one) in told else one.about
        for way in one.ways:
            lesser = {
                verdicts[w] for w in ("optimizer", "rate changed") if w in verdicts
            }
            if way != "everything" or lesser != {"same"}:
                resume = _went_on(sides, one, way)
                verdicts[way] = resume.verdict
                found.append(resume)
        if one.about:
            told.add(_key(one))
    return tuple(found)


def _key(one: Stopped) -> tuple[str, str]:
    return one.framework, one.setting


def _working(changes: Iterable[Change], mode: Mode) -> Way | None:
    rates = [
        c for c in changes if (c.hyperparameter, c.group, c.mode) == ("lr", 0, mode)
    ]
    for verdict in ("same", "differs"):
        for one in rates:
            if one.verdict == verdict:
                return Way(one.code)
    return None


def _stop_mindspore(sides: Sides, one: Stopped) -> None:
    training = sides.mindspore(sides.setting(*one.setting.split()), one.mode)
    optimizer = training.optimizer
    names = [parameter.name for parameter in training.params]
    before = held.values(held.everywhere(optimizer))
    points = training.advance(STEPS)
    after = held.values(held.everywhere(optimizer))
    # Where nothing moves, step counts cannot be told from hyperparameters.
    if not np.array_equal(points[0], points[-1]):
        one.about = _about(sides, names, held.in_file(optimizer), before, after)
    _save(training, "weights only", one.folder)
    _save(training, "optimizer", one.folder)
    points = training.advance(STEPS)
    one.points |= {"weights only": points, "optimizer": points}
    if one.rate and not one.setting:
        one.rate.apply(optimizer)
        _save(training, "rate changed", one.folder)
    _save(training, "everything", one.folder)
    points = training.advance(STEPS)
    one.points["everything"] = points
    if one.rate and not one.setting:
        one.points["rate changed"] = points


def _about(
    sides: Sides,
    weights: list[str],
    saved: Iterable[str],
    before: held.Values,
    after: held.Values,
) -> dict[str, tuple]:
    file = held.entries(saved, weights, before, after)
    outside = held.entries(
        [name for name in after if name not in saved], weights, before, after
    )
    absent = held.absent(sides.our_signature, file)
    return {"file": file, "outside": outside, "absent": absent}


def _save(training: MindSporeTraining, way: ResumeWay, folder: Path) -> None:
    chosen = {
        "weights only": {p.name: p for p in training.params},
        "everything": held.everywhere(training.optimizer),
    }.get(way)
    to = str(folder / f"{way}.ckpt")
    if chosen is None:
        ms.save_checkpoint(training.optimizer, to)
    else:
        listed = [{"name": name, "data": value} for name, value in chosen.items()]
        ms.save_checkpoint(listed, to)


def _load(training: MindSporeTraining, way: ResumeWay, one: Stopped) -> None:
    state = ms.load_checkpoint(str(one.folder / f"{way}.ckpt"))
    if way == "weights only":
        for parameter in training.params:
            parameter.set_data(state[parameter.name])
    elif way == "everything":
        found = held.everywhere(training.optimizer)
        held.assign(found, {name: state[name].asnumpy() for name in found})
        if one.rate and not one.setting:
            one.rate.apply(training.optimizer)
    else:
        ms.load_param_into_net(training.optimizer, state)


def _went_on(sides: Sides, one: Stopped, way: ResumeWay) -> Resume:
    is_late = way in CHANGED
    begun = 2 * STEPS if is_late else STEPS
    error = one.error or ("" if way in one.points else NO_WAY)
    found: dict[str, Any] = {"max_abs_deviation": None, "error": error}
    try:
        if not error:
            found["max_abs_deviation"] = _deviation(sides, one, way, begun)
    except Exception as error:  # noqa: BLE001 - it is what we want to know
        found["error"] = _text(error)
    return Resume(
        one.framework,
        one.setting,
        way,
        one.mode,
        stopped_after=begun,
        steps=begun + STEPS,
        verdict=_verdict(one, way, found["max_abs_deviation"]),
        rate_code=one.rate.code if one.rate and is_late and not one.setting else "",
        **found,
        **(one.about if way == "optimizer" else {}),
    )


def _deviation(sides: Sides, one: Stopped, way: ResumeWay, begun: int) -> float:
    setting = sides.setting(*one.setting.split())
    if one.framework == "pytorch":
        training = sides.torch(setting)
        _load_torch(training, way, one.folder)
        training.done = begun
        points = training.advance(STEPS)
    else:
        with mode_set(one.mode):
            training = sides.mindspore(setting, one.mode)
            _load(training, way, one)
            training.done = begun
            points = training.advance(STEPS)
    return measure.deviations(one.points[way], points)[0]


def _verdict(one: Stopped, way: ResumeWay, deviation: float | None) -> str:
    if deviation is None:
        return "fails"
    points = one.points[way]
    if np.array_equal(points, np.broadcast_to(points[0], points.shape)):
        return "frozen"
    scale = float(np.max(np.abs(points)))
    return "same" if deviation <= measure.FLOOR * scale else "differs"


def _stop_torch(sides: Sides, one: Stopped) -> None:
    training = sides.torch(sides.setting(*one.setting.split()))
    optimizer = training.optimizer
    training.advance(STEPS)
    saved = optimizer.state_dict()
    one.about = {"file": tuple(_torch_entries(saved))}
    _save_torch(training, "weights only", one.folder)
    _save_torch(training, "optimizer", one.folder)
    points = training.advance(STEPS)
    one.points |= {"weights only": points, "optimizer": points}
    if not one.setting:
        one.rate = Way("optimizer.param_groups[0]['lr'] /= 2")
        one.rate.apply(optimizer)
    _save_torch(training, "rate changed", one.folder)
    one.points["rate changed"] = training.advance(STEPS)


def _torch_entries(saved: dict[str, Any]) -> Iterator[Entry]:
    for number, state in saved["state"].items():
        for name, value in state.items():
            shape = tuple(getattr(value, "shape", ()))
            yield Entry(f"{name}.{number}", shape, "state" if shape else "step count")
    for name in saved["param_groups"][0]:
        if name != "params":
            yield Entry(name, (), "rate" if name == "lr" else "hyperparameter")


def _save_torch(training: TorchTraining, way: ResumeWay, folder: Path) -> None:
    state = {"params": [p.detach() for p in training.params]}
    if way != "weights only":
        state["optimizer"] = training.optimizer.state_dict()
    torch.save(state, folder / f"{way}.pt")


def _load_torch(training: TorchTraining, way: ResumeWay, folder: Path) -> None:
    state = torch.load(folder / f"{way}.pt")
    with torch.no_grad():
        for parameter, value in zip(training.params, state["params"], strict=True):
            parameter.copy_(value)
    if "optimizer" in state:
        training.optimizer.load_state_dict(state["optimizer"])


def _text(error: Exception) -> str:
    return f"{type(error).__name__}: {first_line(error)}"
