"""Run the settings of one pair on both sides and compare them."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from crosswalk.expect import normalise
from crosswalk.parity import (
    arguments,
    measure,
    mindspore_schedule,
    mindspore_side,
    torch_schedule,
    torch_side,
)
from crosswalk.parity.driving import GROUPS, STEPS
from crosswalk.parity.model import (
    MATCHED,
    OWN_DEFAULTS,
    Gradients,
    Measurement,
    Mode,
    Pair,
    Setting,
)
from crosswalk.parity.problem import problem
from crosswalk.parity.record import Run
from crosswalk.parity.signatures import Argument, signature

# Compiling takes longest: a setting is compiled once, without the loss; matched
# arguments in every way.
SETTING_RUNS: tuple[tuple[Mode, Gradients], ...] = (
    ("pynative", "fixed"),
    ("pynative", "own"),
    ("jit", "fixed"),
)
MATCHED_RUNS: tuple[tuple[Mode, Gradients], ...] = (
    *SETTING_RUNS,
    ("graph", "fixed"),
    ("graph", "own"),
    ("jit", "own"),
)
SCHEDULER_RUNS: tuple[tuple[Mode, Gradients], ...] = (
    ("pynative", "fixed"),
    ("jit", "fixed"),
    ("graph", "fixed"),
)
# Settings that differ in one of these are not a flag apart.
ALIKE = ("parameters", "every", "drive")
DOUBLE = torch.float64
SINGLE = torch.float32


class Bench:
    """Measures one pair.

    Runs are kept: a flag is compared with the setting that it is over.
    """

    def __init__(self, pair: Pair) -> None:
        """Read both signatures."""
        subject, counterpart = pair.subject, pair.counterpart
        self.pair = pair
        self.torch_signature = true_signature(subject.make, subject.torch)
        self.our_signature = true_signature(counterpart.make, counterpart.mindspore)
        self.by_name = {setting.name: setting for setting in pair.settings}
        self.runs: dict[tuple, Run | Exception] = {}
        self.trainings: dict[tuple, mindspore_side.Training] = {}

    def measurements(self) -> list[Measurement]:
        """Return one measurement for each setting, mode and kind of gradients."""
        settings = [s for s in self.pair.settings if self._applies(s)]
        found = [self.measurement(s, *run) for s in settings for run in self._runs(s)]
        return list(measure.with_defaults(found))

    def _runs(self, setting: Setting) -> tuple[tuple[Mode, Gradients], ...]:
        """Return the modes that can make a difference.

        Graph mode and @jit compile the same update, so that only matched arguments,
        and a schedule's own defaults, run in both.
        A scheduler beside the optimizer is stepped by Python in every mode, so that
        a compiled step can only miss the rate, whatever the setting.
        """
        if self.pair.subject.kind != "scheduler":
            return MATCHED_RUNS if setting.name == MATCHED else SETTING_RUNS
        if setting.name in {MATCHED, OWN_DEFAULTS}:
            return SCHEDULER_RUNS
        is_beside = mindspore_schedule.is_experimental(self.pair)
        return SCHEDULER_RUNS[:1] if is_beside else SCHEDULER_RUNS[:2]

    def _applies(self, setting: Setting) -> bool:
        """Leave out what a schedule inside the optimizer has no word for."""
        if not self.pair.counterpart.arguments:
            return True
        if setting.name == OWN_DEFAULTS or setting.drive != "steps":
            return False
        return self._our_arguments(setting)[0] is not None

    def measurement(
        self, setting: Setting, mode: Mode, gradients: Gradients
    ) -> Measurement:
        """Run one setting and compare; a MindSpore error becomes the verdict."""
        expected = self._torch(setting, gradients, SINGLE)
        exact = self._torch(setting, gradients, DOUBLE)
        ours, missing = self._our_arguments(setting)
        missing += mindspore_schedule.lacking(self.pair, setting)
        missing += tuple(setting.mindspore)
        head = {
            "setting": setting.name,
            "torch_arguments": arguments.plain(self._torch_arguments(setting)),
            "mindspore_arguments": arguments.plain(ours),
            "mode": mode,
            "gradients": gradients,
            "steps": len(expected.points) - 1,
            "missing": missing,
        }
        try:
            actual = self._ours(setting, mode, gradients)
        except Exception as error:  # noqa: BLE001 - it is what we want to know
            text = f"{type(error).__name__}: {first_line(error)}"
            nothing = dict.fromkeys(
                ("max_abs_deviation", "max_rel_deviation", "yardstick")
            )
            return Measurement(**head, **nothing, verdict="fails", error=text)
        yardstick, _ = measure.deviations(exact.trajectory, expected.trajectory)
        absolute, relative = measure.deviations(expected.trajectory, actual.trajectory)
        change = None if missing else self._change(setting, mode, gradients)
        return Measurement(
            **head,
            max_abs_deviation=absolute,
            max_rel_deviation=relative,
            yardstick=yardstick,
            max_rate_deviation=_rate_deviation(expected, actual),
            verdict=measure.verdict(
                expected.trajectory, actual.trajectory, yardstick, change
            ),
        )

    def matched(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return both sides' arguments where PyTorch's defaults are written out."""
        setting = self.by_name[MATCHED]
        return self._torch_arguments(setting), self._our_arguments(setting)[0]

    def curves(self) -> Iterator[tuple[str, list[float]]]:
        """Yield what the pictures show, by name."""
        mode = next((m for m in ("pynative", "jit") if self._moves(m)), "pynative")
        setting = self.by_name[MATCHED]
        is_scheduler = self.pair.subject.kind == "scheduler"
        gradients = "fixed" if is_scheduler else "own"
        expected = self._torch(setting, gradients, SINGLE)
        exact = self._torch(setting, gradients, DOUBLE)
        try:
            actual = self._ours(setting, mode, gradients)
        except Exception:  # noqa: BLE001 - the measurement tells it
            return
        if is_scheduler:
            yield "torch", [rates[0] for rates in expected.rates]
            yield "mindspore", [rates[0] for rates in actual.rates]
            return
        yield "torch", expected.losses
        yield "mindspore", actual.losses
        yield "deviation", _per_step(expected, actual)
        yield "yardstick", _per_step(exact, expected)

    def _moves(self, mode: Mode) -> bool:
        gradients = "fixed" if self.pair.subject.kind == "scheduler" else "own"
        found = self.measurement(self.by_name[MATCHED], mode, gradients)
        return found.verdict not in {"frozen", "fails"}

    def _change(
        self, setting: Setting, mode: Mode, gradients: Gradients
    ) -> tuple[float, float] | None:
        """Return how far ``setting`` moves each side from what it is over."""
        if setting.name in {OWN_DEFAULTS, MATCHED}:
            return None
        other = self.by_name[setting.over]
        if any(getattr(other, n) != getattr(setting, n) for n in ALIKE):
            return None  # no flag is what makes the difference
        theirs = (self._torch(s, gradients, SINGLE) for s in (other, setting))
        try:
            ours = [self._ours(s, mode, gradients) for s in (other, setting)]
        except Exception:  # noqa: BLE001 - the other setting's own measurement tells
            return None
        moved = [
            measure.deviations(*(run.trajectory for run in runs))[0]
            for runs in (theirs, ours)
        ]
        return moved[0], moved[1]

    def _torch_arguments(self, setting: Setting) -> dict[str, Any]:
        return arguments.for_torch(self.pair, setting, self.torch_signature)

    def _our_arguments(
        self, setting: Setting, group: int = 0
    ) -> tuple[dict[str, Any] | None, tuple]:
        given = arguments.defaults(self.torch_signature)
        if self.pair.counterpart.arguments:
            # A schedule inside the optimizer is told what a stepped one sees.
            every, rate = setting.every, GROUPS[group]["lr"]
            given |= {"lr": rate, "group": group, "every": every}
            given |= {"steps": STEPS * every}
        return arguments.for_mindspore(self.pair, setting, given, self.our_signature)

    def _torch(self, setting: Setting, gradients: Gradients, dtype: torch.dtype) -> Run:
        subject, given = self.pair.subject, self._torch_arguments(setting)

        def make() -> Run:
            if subject.kind == "scheduler":
                return torch_schedule.follow(subject, setting, given, dtype)
            task = problem(subject, setting, gradients)
            return torch_side.train(subject, setting, task, given, dtype)

        return self._kept(("torch", setting.name, gradients, dtype), make)

    def _ours(self, setting: Setting, mode: Mode, gradients: Gradients) -> Run:
        subject = self.pair.subject

        def given_for(group: int) -> dict[str, Any]:
            return self._our_arguments(setting, group)[0]

        def make() -> Run:
            if subject.kind == "scheduler":
                return mindspore_schedule.follow(self.pair, setting, given_for, mode)
            task = problem(subject, setting, gradients)
            try:
                return self._training(setting, mode).run(task)
            except Exception:
                # MindSpore refuses to go on with what has failed once.
                self.trainings.clear()
                raise

        return self._kept(("mindspore", setting.name, gradients, mode), make)

    def _training(self, setting: Setting, mode: Mode) -> mindspore_side.Training:
        """Return what both kinds of gradients train; the last one is kept."""
        key = setting.name, mode
        if key not in self.trainings:
            task = problem(self.pair.subject, setting, "fixed")
            given, _ = self._our_arguments(setting)
            made = mindspore_side.Training(
                self.pair.counterpart, setting, task, given, mode
            )
            self.trainings = {key: made}
        return self.trainings[key]

    def _kept(self, key: tuple, make: Any) -> Run:
        if key not in self.runs:
            try:
                self.runs[key] = make()
            except Exception as error:  # noqa: BLE001 - raised again each time
                self.runs[key] = error
        found = self.runs[key]
        if isinstance(found, Exception):
            raise found
        return found


def _rate_deviation(expected: Run, actual: Run) -> float | None:
    """Return how far the reported rates alone are apart; None where none are."""
    if not expected.rates:
        return None
    rates = (np.array(run.rates, np.float64) for run in (expected, actual))
    return measure.deviations(*rates)[0]


def true_signature(make: Callable[..., Any] | None, name: str) -> tuple[Argument, ...]:
    """Return the arguments of ``make``, or of the class if it takes any."""
    found = signature(make) if make else ()
    takes_any = any(argument.kind == "var_keyword" for argument in found)
    return found if found and not takes_any else signature(name)


def _per_step(expected: Run, actual: Run) -> list[float]:
    apart = np.abs(expected.trajectory - actual.trajectory).max(axis=1)
    return [float(value) for value in apart[1:]]


def first_line(error: Exception) -> str:
    """Return the first line of an error's text that says something.

    MindSpore puts rules and headings (``- Kernel select failed:``) before it.
    """
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if line.strip("-") and line[:2] != "- "]
    return normalise(told[0]) if told else ""
