"""Probe whether an optimizer takes the same steps on both sides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import msgspec
import numpy as np

from crosswalk.parity import verdicts
from crosswalk.parity.arguments import plain
from crosswalk.parity.backends import Trace
from crosswalk.parity.backends import torch as torch_backend
from crosswalk.parity.backends.mindspore import mode_set
from crosswalk.parity.measurement import (
    Gradients,
    Measurement,
    Mode,
    TrainingDetails,
)
from crosswalk.parity.model import MATCHED, OWN_DEFAULTS, Case, Pair
from crosswalk.parity.probes import Context, Probe, error_text
from crosswalk.parity.probes.runs import mindspore_run, torch_run
from crosswalk.parity.problem import STEPS, problem

Runs = tuple[tuple[Mode, Gradients], ...]
# Compiling takes longest: a case is compiled once, without the loss; matched
# arguments in every way.
CASE_RUNS: Runs = (("pynative", "fixed"), ("pynative", "own"), ("jit", "fixed"))
MATCHED_RUNS: Runs = (
    *CASE_RUNS,
    ("graph", "fixed"),
    ("graph", "own"),
    ("jit", "own"),
)
# Two cases that differ in one of these do not differ in a flag.
ALIKE = ("parameters", "every", "drive")


@dataclass
class Traces:
    """Traces of both sides, by case and gradients, or an error message.

    PyTorch runs in both precisions, MindSpore in each mode.
    """

    torch: dict[tuple[str, Gradients], tuple[Trace, Trace]] = field(
        default_factory=dict
    )
    mindspore: dict[tuple[str, Gradients, Mode], Trace | str] = field(
        default_factory=dict
    )


class TrajectoryProbe(Probe):
    """Trains with each case on both sides and compares all parameters."""

    name = "trajectory"
    package: ClassVar = "torch.optim"
    # The curves of the run that the chart shows.
    shown: ClassVar[Gradients] = "own"

    def __init__(self, context: Context) -> None:
        """Store the context."""
        super().__init__(context)
        self.trained: dict[tuple, tuple[Any, Any]] = {}

    def cases(self, pair: Pair) -> Sequence[Case]:
        """Return every case of an optimizer."""
        return pair.cases if pair.package == self.package else ()

    def runs(self, case: Case) -> Runs:
        """Return the modes that can make a difference.

        Graph mode compiles the same update as ``@ms.jit``, so only matched arguments
        run in both.
        """
        return MATCHED_RUNS if case.name == MATCHED else CASE_RUNS

    def observe(self, cases: Sequence[Case]) -> Traces:
        """Run each case; raises PyTorch's exceptions and stores MindSpore's."""
        traces = Traces()
        for case in cases:
            for mode, gradients in self.runs(case):
                key = case.name, gradients
                if key not in traces.torch:
                    traces.torch[key] = (
                        self.torch(case, gradients, torch_backend.SINGLE),
                        self.torch(case, gradients, torch_backend.DOUBLE),
                    )
                try:
                    trace = self.mindspore(case, gradients, mode)
                except Exception as error:  # noqa: BLE001 - it is what we want to know
                    trace = error_text(error)
                traces.mindspore[*key, mode] = trace
        return traces

    def compare(self, cases: Sequence[Case], traces: Traces) -> list[Measurement]:
        """Return one measurement for each case, mode and kind of gradients."""
        rows = [
            self._measurement(case, mode, gradients, traces)
            for case in cases
            for mode, gradients in self.runs(case)
        ]
        return list(self._with_curves(verdicts.with_defaults(rows), traces))

    def torch(self, case: Case, gradients: Gradients, dtype: Any) -> Trace:
        """Train with PyTorch; raises the optimizer's exceptions."""
        run = torch_run(self.context, case, gradients, dtype)
        run.advance(STEPS)
        return run.trace

    def mindspore(self, case: Case, gradients: Gradients, mode: Mode) -> Trace:
        """Train with MindSpore; raises the optimizer's exceptions."""
        try:
            with mode_set(mode):
                if (case.name, mode) not in self.trained:
                    # Both kinds of gradients train it; one is kept.
                    run = mindspore_run(self.context, case, "fixed", mode)
                    self.trained = {(case.name, mode): (run, run.state())}
                run, start = self.trained[case.name, mode]
                run.restore(start)
                run.problem = problem(self.pair.subject, case, gradients)
                run.compile()
                run.advance(STEPS)
                return run.trace
        except Exception:
            # MindSpore cannot run a function again that has failed once.
            self.trained.clear()
            raise

    def missing(self, case: Case) -> tuple[str, ...]:
        """Return the changed arguments that only one side has."""
        return (*self.context.arguments.mindspore(case)[1], *case.mindspore)

    def _measurement(
        self, case: Case, mode: Mode, gradients: Gradients, traces: Traces
    ) -> Measurement:
        """Compare one run; a MindSpore error becomes the verdict."""
        expected, exact = traces.torch[case.name, gradients]
        actual = traces.mindspore[case.name, gradients, mode]
        missing = self.missing(case)
        details = TrainingDetails(
            plain(self.context.arguments.torch(case)),
            plain(self.context.arguments.mindspore(case)[0]),
            missing=missing,
        )
        head = (self.pair.id, self.name, case.name, mode)
        steps = len(expected.points) - 1
        if isinstance(actual, str):
            return Measurement(*head, "fails", details, gradients, steps, error=actual)
        both = expected.trajectory, actual.trajectory
        yardstick, _ = verdicts.deviations(exact.trajectory, expected.trajectory)
        absolute, relative = verdicts.deviations(*both)
        effects = None if missing else self._effects(case, mode, gradients, traces)
        verdict = verdicts.verdict(*both, yardstick, effects)
        details = msgspec.structs.replace(
            details,
            max_rel_deviation=relative,
            yardstick=yardstick,
            max_rate_deviation=_rate_deviation(expected, actual),
        )
        return Measurement(*head, verdict, details, gradients, steps, absolute)

    def _effects(
        self, case: Case, mode: Mode, gradients: Gradients, traces: Traces
    ) -> tuple[float, float] | None:
        """Return each side's deviation between ``case`` and ``case.over``, or None."""
        if case.name in {OWN_DEFAULTS, MATCHED}:
            return None
        other = next(c for c in self.pair.cases if c.name == case.over)
        if any(getattr(other, n) != getattr(case, n) for n in ALIKE):
            return None  # the cases do not differ in a flag
        ours = [traces.mindspore.get((c.name, gradients, mode)) for c in (other, case)]
        if not all(isinstance(trace, Trace) for trace in ours):
            return None  # the measurement of the other case reports it
        theirs = [traces.torch[c.name, gradients][0] for c in (other, case)]
        return _distance(*theirs), _distance(*ours)

    def _with_curves(
        self, rows: Iterable[Measurement], traces: Traces
    ) -> Iterator[Measurement]:
        """Add the curves to the run that the chart shows.

        This is the first run in PyNative mode or under ``@ms.jit`` in which matched
        arguments change the parameters.
        """
        rows = list(rows)
        shown = [
            m
            for mode in ("pynative", "jit")
            for m in rows
            if (m.case, m.mode, m.gradients) == (MATCHED, mode, self.shown)
        ]
        moving = [m for m in shown if m.verdict not in {"frozen", "fails"}]
        chosen = next(iter(moving or shown[:1]), None)
        for m in rows:
            if m is chosen and not m.error:
                curves = self.curves(
                    *traces.torch[m.case, m.gradients],
                    traces.mindspore[m.case, m.gradients, m.mode],
                )
                details = msgspec.structs.replace(m.details, curves=curves)
                yield replace(m, details=details)
            else:
                yield m

    def curves(
        self, expected: Trace, exact: Trace, actual: Trace
    ) -> dict[str, list[float]]:
        """Return losses and deviations per step."""
        return {
            "torch": expected.losses,
            "mindspore": actual.losses,
            "deviation": _per_step(expected, actual),
            "yardstick": _per_step(exact, expected),
        }


def _distance(one: Trace, other: Trace) -> float:
    return verdicts.deviations(one.trajectory, other.trajectory)[0]


def _rate_deviation(expected: Trace, actual: Trace) -> float | None:
    """Return the deviation of the reported learning rates; None if there are none."""
    if not expected.rates:
        return None
    rates = (np.array(trace.rates, np.float64) for trace in (expected, actual))
    return verdicts.deviations(*rates)[0]


def _per_step(expected: Trace, actual: Trace) -> list[float]:
    distances = np.abs(expected.trajectory - actual.trajectory).max(axis=1)
    return [float(value) for value in distances[1:]]
