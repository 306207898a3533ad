"""Probe whether a hyperparameter that is changed during training takes effect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

import numpy as np

from crosswalk.parity import verdicts
from crosswalk.parity.arguments import plain
from crosswalk.parity.backends import torch as torch_backend
from crosswalk.parity.backends.assignments import assignments, gives_memory
from crosswalk.parity.backends.mindspore import Run, mode_set
from crosswalk.parity.measurement import ChangeDetails, Measurement, Mode
from crosswalk.parity.model import Case, Pair
from crosswalk.parity.probes import Context, Probe, error_text
from crosswalk.parity.probes.runs import mindspore_run, start_case, torch_run
from crosswalk.parity.problem import problem

AFTER, STEPS = 5, 15
Points = np.ndarray | str


@dataclass(frozen=True)
class Change:
    """One hyperparameter of one group, its new value, and the mode to try it in."""

    start: Case
    name: str
    group: int
    value: Any
    mode: Mode

    @property
    def code(self) -> str:
        """Return the code that changes PyTorch's run."""
        return f"optimizer.param_groups[{self.group}][{self.name!r}] = {self.value!r}"


@dataclass(frozen=True)
class Expected:
    """PyTorch's runs without and with a change, and its absolute rounding baseline."""

    unchanged: np.ndarray
    changed: np.ndarray
    yardstick: float

    @property
    def effect(self) -> float:
        """Return the deviation that the change causes in PyTorch's run."""
        return verdicts.deviations(self.unchanged, self.changed)[0]

    @property
    def shows(self) -> bool:
        """Return whether the change exceeds rounding."""
        return self.effect > verdicts.tolerance(self.changed, self.yardstick)


@dataclass
class Tried:
    """Both sides of one change; maps code to MindSpore's points or an error message."""

    expected: Expected
    unchanged: Points
    changed: dict[str, Points] = field(default_factory=dict)

    def verdict(self, points: Points) -> str:
        """Return the verdict of one way to change the hyperparameter."""
        if isinstance(points, str):
            return "fails"
        if verdicts.is_frozen(points[AFTER - 1 :]):
            return "frozen"
        return verdicts.change_verdict(
            self.expected.changed,
            points,
            self.expected.yardstick,
            (self.expected.effect, self.effect(points)),
            self.difference,
        )

    def effect(self, points: np.ndarray) -> float:
        """Return the deviation that the change causes in MindSpore's run."""
        return verdicts.deviations(self.unchanged, points)[0]

    @property
    def difference(self) -> float:
        """Return the deviation between the frameworks without the change."""
        return verdicts.deviations(self.expected.unchanged, self.unchanged)[0]


class Trial:
    """A MindSpore run that is changed, restored and changed again, to save compiling.

    If its result matches neither the run without the change nor PyTorch's, a fresh run
    must confirm it (`fresh`).
    """

    def __init__(self, context: Context, start: Case, mode: Mode) -> None:
        """Run once without a change; store an error in place of the result."""
        self.build = partial(mindspore_run, context, start, "own", mode)
        self.run: Run | None = None
        self.unchanged = self.shared("", ())

    def fresh(self, code: str) -> Points:
        """Return the parameters after each step of a new run, or its error message."""
        try:
            run = self.build()
            return np.concatenate([run.advance(AFTER), _changed(run, code)])
        except Exception as error:  # noqa: BLE001 - it is what we want to know
            return error_text(error)

    def shared(self, code: str, names: tuple[str, ...]) -> Points:
        """Return the same from the shared run, and undo the change."""
        if gives_memory(code):
            return self.fresh(code)
        try:
            run = self.run or self._begun()
            state = run.state(names)
            after = _changed(run, code)
            run.restore(state)
        except Exception as error:  # noqa: BLE001 - it is what we want to know
            self.run = None
            return error_text(error)
        return np.concatenate([self.before, after])

    def _begun(self) -> Run:
        self.run = self.build()
        self.before = self.run.advance(AFTER)
        return self.run


class ChangeProbe(Probe):
    """Changes each hyperparameter on both sides, in the ways that users try."""

    name = "change"
    package: ClassVar = "torch.optim"
    # Graph mode compiles what @jit compiles; the guide's checks cover it.
    modes: tuple[Mode, ...] = ("pynative", "jit")

    def cases(self, pair: Pair) -> Sequence[Change]:
        """Return the changes of an optimizer's hyperparameters, for each mode."""
        if pair.package != self.package or not pair.counterpart:
            return ()
        arguments = self.context.arguments
        start = start_case(self.context)
        given = {**arguments.defaults, **arguments.torch(start)}
        named = [
            (start, name, 0, _new(pair, name, given[name]))
            for name in arguments.shared
            if name in given
        ]
        if (
            "lr" in arguments.shared
            and len(problem(pair.subject, start, "own").names) > 1
        ):
            rate = given["lr"]
            grouped = start_case(self.context, groups=({}, {"lr": rate / 2}))
            named.append((grouped, "lr", 1, rate * 2))
        return [Change(*each, mode) for mode in self.modes for each in named]

    def observe(self, cases: Sequence[Change]) -> list[Tried | None]:
        """Run each change; None if PyTorch rejects it or shows no effect of it."""
        expected: dict[str, Expected | None] = {}
        trials: dict[tuple[Mode, bool], Trial] = {}
        observations = []
        for case in cases:
            if case.code not in expected:
                expected[case.code] = self._expected(case)
            theirs = expected[case.code]
            if theirs is None or not theirs.shows:
                observations.append(None)
                continue
            with mode_set(case.mode):
                key = case.mode, bool(case.start.groups)
                if key not in trials:
                    trials[key] = Trial(self.context, case.start, case.mode)
                observations.append(self._tried(case, theirs, trials[key]))
        return observations

    def compare(
        self, cases: Sequence[Change], observations: list[Tried | None]
    ) -> list[Measurement]:
        """Return one measurement for each way to change each hyperparameter."""
        return [
            measurement
            for case, tried in zip(cases, observations, strict=True)
            if tried
            for measurement in self._measurements(case, tried)
        ]

    def _expected(self, case: Change) -> Expected | None:
        unchanged = self._torch(case, "", torch_backend.SINGLE)
        try:
            changed = self._torch(case, case.code, torch_backend.SINGLE)
            exact = self._torch(case, case.code, torch_backend.DOUBLE)
        except Exception:  # noqa: BLE001 - PyTorch does not take this change
            return None
        yardstick, _ = verdicts.deviations(exact, changed)
        return Expected(unchanged, changed, yardstick)

    def _torch(self, case: Change, code: str, dtype: Any) -> np.ndarray:
        run = torch_run(self.context, case.start, "own", dtype)
        return np.concatenate([run.advance(AFTER), _changed(run, code)])

    def _tried(self, case: Change, expected: Expected, trial: Trial) -> Tried:
        tried = Tried(expected, trial.unchanged)
        if isinstance(trial.unchanged, str):
            tried.changed[""] = trial.unchanged
            return tried
        names = self.context.arguments.shared[case.name]
        value = self.context.arguments.value(case.name, case.value)
        optimizer = trial.build().optimizer
        for code in assignments(optimizer, names, case.group, value):
            points = trial.shared(code, names)
            if tried.verdict(points) == "differs":
                points = trial.fresh(code)
            tried.changed[code] = points
        return tried

    def _measurements(self, case: Change, tried: Tried) -> Iterator[Measurement]:
        for code, points in tried.changed.items():
            name = f"{case.name}, group {case.group}, {code}"
            head = (self.pair.id, self.name, name, case.mode, tried.verdict(points))
            what = (case.name, case.group, plain(case.value), code, case.code, AFTER)
            if isinstance(points, str):
                details = ChangeDetails(*what)
                yield Measurement(*head, details, steps=STEPS, error=points)
            elif verdicts.is_frozen(points[AFTER - 1 :]):
                yield Measurement(*head, ChangeDetails(*what), steps=STEPS)
            else:
                effects = tried.effect(points), tried.expected.effect
                details = ChangeDetails(*what, *effects, tried.difference)
                absolute, _ = verdicts.deviations(tried.expected.changed, points)
                yield Measurement(
                    *head, details, steps=STEPS, max_abs_deviation=absolute
                )


def _changed(run: Any, code: str) -> np.ndarray:
    run.execute(code)
    return run.advance(STEPS - AFTER)


def _new(pair: Pair, name: str, now: Any) -> object:
    """Return the new value: that of a case, or half of the present one."""
    for case in pair.cases:
        value = case.torch.get(name, now)
        if value != now:
            return value
    if isinstance(now, bool):
        return not now
    return tuple(v / 2 for v in now) if isinstance(now, tuple) else now / 2
