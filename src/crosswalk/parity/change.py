"""Change one hyperparameter while training; for the forked processes only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from crosswalk.parity import held, measure
from crosswalk.parity.arguments import plain
from crosswalk.parity.bench import first_line
from crosswalk.parity.continuing import Change
from crosswalk.parity.mindspore_side import mode_set
from crosswalk.parity.model import Mode, Setting
from crosswalk.parity.trainings import MindSporeTraining, Sides
from crosswalk.parity.ways import Way, ways

AFTER, STEPS = 5, 15
# Graph mode compiles what @jit compiles; the guide's checks cover it.
MODES: tuple[Mode, ...] = ("pynative", "jit")
# Where the frameworks differ anyway: how much of that a change may add, and how
# many times as far it must move PyTorch to be told from that.
APART = CLEAR = 10.0


@dataclass(frozen=True)
class Expected:
    """PyTorch's runs without and with a change, and its own rounding (absolute)."""

    setting: Setting
    name: str
    group: int
    value: Any
    unchanged: np.ndarray
    changed: np.ndarray
    yardstick: float

    @property
    def code(self) -> str:
        """Return what changed PyTorch's run."""
        return f"optimizer.param_groups[{self.group}][{self.name!r}] = {self.value!r}"

    @property
    def effect(self) -> float:
        """Return how far the change moved PyTorch's run."""
        return measure.deviations(self.unchanged, self.changed)[0]


class Trial:
    """A MindSpore run that is changed, set back and changed again.

    That saves compiling. A run that is neither as without the change nor as
    PyTorch's is not trusted: `fresh` repeats it with nothing before it.
    """

    def __init__(self, sides: Sides, setting: Setting, mode: Mode) -> None:
        """Run once without a change; what that raised is kept in its place."""
        self.sides, self.setting, self.mode = sides, setting, mode
        self.training: MindSporeTraining | None = None
        self.unchanged = self.shared(Way(""), ())

    @property
    def optimizer(self) -> Any:
        """Return an optimizer as it is built."""
        return self.sides.mindspore(self.setting, self.mode).optimizer

    def fresh(self, way: Way) -> np.ndarray | Exception:
        """Return the parameters after each step of a new run, or what it raised."""
        try:
            training = self.sides.mindspore(self.setting, self.mode)
            before = training.advance(AFTER)
            return np.concatenate([before, _changed(training, way)])
        except Exception as error:  # noqa: BLE001 - it is what we want to know
            return error

    def shared(self, way: Way, names: tuple[str, ...]) -> np.ndarray | Exception:
        """Return the same from the run that all share, and undo the change."""
        if way.cuts:
            return self.fresh(way)
        try:
            training = self.training or self._begun()
            with _undone(training.optimizer, names):
                after = _changed(training, way)
        except Exception as error:  # noqa: BLE001 - it is what we want to know
            self.training = None
            return error
        held.assign(self.held, self.values)
        training.done = AFTER
        return np.concatenate([self.before, after])

    def _begun(self) -> MindSporeTraining:
        self.training = self.sides.mindspore(self.setting, self.mode)
        self.before = self.training.advance(AFTER)
        self.held = held.everywhere(self.training.optimizer)
        self.values = held.values(self.held)
        return self.training


def _rests(points: np.ndarray) -> bool:
    return np.array_equal(points, np.broadcast_to(points[0], points.shape))


def _changed(training: MindSporeTraining, way: Way) -> np.ndarray:
    way.apply(training.optimizer)
    return training.advance(STEPS - AFTER)


@contextmanager
def _undone(optimizer: Any, names: tuple[str, ...]) -> Iterator[None]:
    """Set attributes ``names`` and all groups back at the end."""
    missing = object()
    groups = [dict(group) for group in getattr(optimizer, "param_groups", ())]
    kept = {name: getattr(optimizer, name, missing) for name in names}
    yield
    if groups:
        for group, old in zip(optimizer.param_groups, groups, strict=True):
            group.clear()
            group.update(old)
        return
    for name, value in kept.items():
        if value is missing:
            vars(optimizer).pop(name, None)
        elif getattr(optimizer, name) is not value:
            setattr(optimizer, name, value)


def changes(sides: Sides) -> tuple[Change, ...]:
    """Return what came of each change, in each way and mode."""
    wanted = list(expected(sides))
    found: list[Change] = []
    for mode in MODES:
        with mode_set(mode):
            trials: dict[bool, Trial] = {}
            for one in wanted:
                is_grouped = bool(one.setting.groups)
                if is_grouped not in trials:
                    trials[is_grouped] = Trial(sides, one.setting, mode)
                found += _in_mode(one, trials[is_grouped])
    return tuple(found)


def expected(sides: Sides) -> Iterator[Expected]:
    """Yield the changes that PyTorch takes and that show, on its side."""
    setting = sides.setting()
    start = {**sides.defaults, **sides.torch_arguments(setting)}
    named = [(name, _new(sides, name, start)) for name in sides.shared if name in start]
    yield from _expected(sides, setting, 0, named)
    if "lr" in sides.shared and len(sides.torch(setting).params) > 1:
        rate = start["lr"]
        grouped = sides.setting(groups=({}, {"lr": rate / 2}))
        yield from _expected(sides, grouped, 1, [("lr", rate * 2)])


def _expected(
    sides: Sides, setting: Setting, group: int, named: list[tuple[str, Any]]
) -> Iterator[Expected]:
    unchanged = _of_torch(sides, setting, torch.float32, group, {})
    for name, value in named:
        try:
            changed, exact = (
                _of_torch(sides, setting, dtype, group, {name: value})
                for dtype in (torch.float32, torch.float64)
            )
        except Exception:  # noqa: BLE001, S112 - PyTorch does not take this change
            continue
        yardstick, _ = measure.deviations(exact, changed)
        one = Expected(setting, name, group, value, unchanged, changed, yardstick)
        if one.effect > measure.tolerance(changed, yardstick):
            yield one


def _of_torch(
    sides: Sides, setting: Setting, dtype: torch.dtype, group: int, change: dict
) -> np.ndarray:
    training = sides.torch(setting, dtype)
    before = training.advance(AFTER)
    training.optimizer.param_groups[group].update(change)
    return np.concatenate([before, training.advance(STEPS - AFTER)])


def _new(sides: Sides, name: str, start: dict[str, Any]) -> object:
    """Return a value to change to: of a setting, or else half of the present one."""
    now = start[name]
    for setting in sides.pair.settings:
        value = setting.torch.get(name, now)
        if value != now:
            return value
    if isinstance(now, bool):
        return not now
    return tuple(v / 2 for v in now) if isinstance(now, tuple) else now / 2


def _in_mode(one: Expected, trial: Trial) -> Iterator[Change]:
    head = {
        "hyperparameter": one.name,
        "group": one.group,
        "value": plain(one.value),
        "torch_code": one.code,
        "mode": trial.mode,
        "after": AFTER,
        "steps": STEPS,
    }
    if isinstance(trial.unchanged, Exception):
        text = _text(trial.unchanged)
        yield Change(**head, code="", verdict="fails", error=text)
        return
    before = measure.deviations(one.unchanged, trial.unchanged)[0]
    names = trial.sides.shared[one.name]
    value = trial.sides.value(one.name, one.value)
    for way in ways(trial.optimizer, names, one.group, value):
        told = _told(one, trial, trial.shared(way, names), before)
        if told["verdict"] == "differs":
            told = _told(one, trial, trial.fresh(way), before)
        yield Change(**head, code=way.code, **told)


def _told(
    one: Expected, trial: Trial, changed: np.ndarray | Exception, before: float
) -> dict[str, Any]:
    if isinstance(changed, Exception):
        return {"verdict": "fails", "error": _text(changed)}
    if _rests(changed[AFTER - 1 :]):
        return {"verdict": "frozen"}
    apart = measure.deviations(one.changed, changed)[0]
    effect = measure.deviations(trial.unchanged, changed)[0]
    return {
        "verdict": verdict(one, apart, effect, before),
        "max_abs_deviation": apart,
        "effect": effect,
        "torch_effect": one.effect,
        "unchanged_deviation": before,
    }


def verdict(one: Expected, apart: float, effect: float, before: float) -> str:
    """Return the verdict of one change, as `Change` tells it."""
    limit = measure.tolerance(one.changed, one.yardstick)
    if one.effect > CLEAR * APART * before:
        limit = max(limit, APART * before)
    if apart <= limit:
        return "same"
    scale = float(np.max(np.abs(one.changed)))
    return "ignored" if effect <= measure.FLOOR * scale else "differs"


def _text(error: Exception) -> str:
    return f"{type(error).__name__}: {first_line(error)}"
