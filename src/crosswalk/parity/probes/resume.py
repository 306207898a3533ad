"""Probe whether a run that is saved and loaded in a new process resumes correctly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from crosswalk.model import Framework
from crosswalk.parity import verdicts
from crosswalk.parity.arguments import BUILT
from crosswalk.parity.backends.mindspore import Run, Values, mode_set, values
from crosswalk.parity.measurement import (
    NO_EFFECTIVE_CHANGE,
    SAVED,
    Entry,
    Measurement,
    Mode,
    ResumeDetails,
    Role,
    Saved,
)
from crosswalk.parity.model import Pair
from crosswalk.parity.probes import Probe, error_text
from crosswalk.parity.probes.runs import mindspore_run, start_case, torch_run

STEPS = 25
# Flags with which an optimizer keeps one more state.
FLAGS = ("amsgrad", "centered")
# The cases that change the learning rate before saving.
CHANGED = ("rate changed", "everything")
TORCH_RATE = "optimizer.param_groups[0]['lr'] /= 2"


@dataclass(frozen=True)
class Stop:
    """A run to stop, with its flag ("" for none) and mode."""

    flag: str
    mode: Mode

    @property
    def framework(self) -> Framework:
        """Return the framework of the run."""
        return "pytorch" if self.mode == "eager" else "mindspore"

    @property
    def saved(self) -> tuple[Saved, ...]:
        """Return the parts to save, in the order in which they are tried.

        PyTorch's file holds everything. "weights only" is tried in one mode, because a
        newly built optimizer is the same in every mode.
        """
        if self.framework == "pytorch":
            return ("optimizer",) if self.flag else SAVED[:-1]
        if self.flag:
            return ("optimizer", "everything")
        return SAVED if self.mode == "pynative" else SAVED[1:]


@dataclass
class Stopped:
    """A saved run, and its uninterrupted continuations by the saved part.

    ``points`` hold the parameters after each of `STEPS` steps; ``description`` holds
    ``file``, ``outside`` and ``absent`` of `ResumeDetails`.
    """

    folder: Path
    points: dict[Saved, np.ndarray] = field(default_factory=dict)
    rate_code: str = ""
    error: str = ""
    description: dict[str, tuple] = field(default_factory=dict)


class ResumeProbe(Probe):
    """Stops a run of each framework and mode, and resumes it from its files."""

    name = "resume"
    package: ClassVar = "torch.optim"
    # Graph mode compiles the update that @jit compiles, and saves the same values.
    modes: tuple[Mode, ...] = ("eager", "pynative", "jit")

    def cases(self, pair: Pair) -> Sequence[Stop]:
        """Return the flags and modes in which to stop an optimizer."""
        if pair.package != self.package or not pair.counterpart:
            return ()
        flags = [flag for flag in FLAGS if flag in self.context.arguments.shared]
        return [
            *(Stop("", mode) for mode in self.modes),
            *(Stop(flag, mode) for flag in flags for mode in self.modes[:2]),
        ]

    def observe(self, cases: Sequence[Stop]) -> list[Stopped]:
        """Train, save and continue training."""
        observations = []
        for case in cases:
            folder = self.context.folder / f"{case.flag}-{case.mode}"
            folder.mkdir(parents=True)
            stopped = Stopped(folder)
            observations.append(stopped)
            try:
                if case.framework == "pytorch":
                    self._stop_torch(case, stopped)
                else:
                    with mode_set(case.mode):
                        self._stop_mindspore(case, stopped)
            except Exception as error:  # noqa: BLE001 - it is what we want to know
                stopped.error = error_text(error)
        return observations

    def compare(
        self, cases: Sequence[Stop], observations: list[Stopped]
    ) -> list[Measurement]:
        """Load the saved parts, train, and compare with the uninterrupted run.

        Tries "everything" only if a smaller file is not enough.
        """
        measurements: list[Measurement] = []
        described: set[tuple[str, str]] = set()
        for case, stopped in zip(cases, observations, strict=True):
            if (case.framework, case.flag) in described:
                stopped.description = {}
            lesser: set[str] = set()
            for saved in case.saved:
                if saved == "everything" and lesser == {"same"}:
                    continue
                measurements.append(self._resumed(case, stopped, saved))
                if saved != "weights only":
                    lesser.add(measurements[-1].verdict)
            if stopped.description:
                described.add((case.framework, case.flag))
        return measurements

    def _stop_torch(self, case: Stop, stopped: Stopped) -> None:
        run = torch_run(self.context, start_case(self.context, *case.flag.split()))
        run.advance(STEPS)
        stopped.description = {"file": tuple(_entries(run.optimizer.state_dict()))}
        run.save(stopped.folder, "weights only")
        run.save(stopped.folder, "optimizer")
        points = run.advance(STEPS)
        stopped.points |= {"weights only": points, "optimizer": points}
        if not case.flag:
            stopped.rate_code = TORCH_RATE
            run.execute(TORCH_RATE)
        run.save(stopped.folder, "rate changed")
        stopped.points["rate changed"] = run.advance(STEPS)

    def _stop_mindspore(self, case: Stop, stopped: Stopped) -> None:
        code = "" if case.flag else self._effective_code(case.mode)
        stopped.rate_code = code
        start = start_case(self.context, *case.flag.split())
        run = mindspore_run(self.context, start, "own", case.mode)
        before = values(run.all_parameters())
        points = run.advance(STEPS)
        # If no value changes, step counts look like hyperparameters.
        if not np.array_equal(points[0], points[-1]):
            stopped.description = self._description(run, before)
        run.save(stopped.folder, "weights only")
        run.save(stopped.folder, "optimizer")
        points = run.advance(STEPS)
        stopped.points |= {"weights only": points, "optimizer": points}
        if code:
            run.execute(code)
            run.save(stopped.folder, "rate changed")
        run.save(stopped.folder, "everything")
        points = run.advance(STEPS)
        stopped.points["everything"] = points
        if code:
            stopped.points["rate changed"] = points

    def _effective_code(self, mode: Mode) -> str:
        """Return code that changes the learning rate with effect; "" if none does."""
        rates = [
            m
            for m in self.context.measurements
            if (m.probe, m.mode) == ("change", mode)
            and (m.details.hyperparameter, m.details.group) == ("lr", 0)
        ]
        codes = {m.verdict: m.details.code for m in reversed(rates)}
        return codes.get("same") or codes.get("differs") or ""

    def _description(self, run: Run, before: Values) -> dict[str, tuple]:
        """Return the values in the file, those outside, and arguments in neither."""
        weights = {parameter.name for parameter in run.parameters}
        saved, after = run.saved_parameters(), values(run.all_parameters())
        entries = {
            name: Entry(name, value.shape, _role(name, weights, before, after))
            for name, value in after.items()
        }
        file = tuple(entries[name] for name in saved)
        outside = tuple(e for name, e in entries.items() if name not in saved)
        signature = self.context.arguments.mindspore_signature
        absent = tuple(_absent(signature, file))
        return {"file": file, "outside": outside, "absent": absent}

    def _resumed(self, case: Stop, stopped: Stopped, saved: Saved) -> Measurement:
        is_late = saved in CHANGED
        begun = 2 * STEPS if is_late else STEPS
        error = stopped.error or (
            "" if saved in stopped.points else NO_EFFECTIVE_CHANGE
        )
        absolute = None
        try:
            if not error:
                points = self._go_on(case, stopped, saved, begun)
                absolute, _ = verdicts.deviations(stopped.points[saved], points)
        except Exception as raised:  # noqa: BLE001 - it is what we want to know
            error = error_text(raised)
        name = ", ".join(filter(None, (case.framework, case.flag, saved)))
        verdict = verdicts.resume_verdict(stopped.points.get(saved), absolute)
        details = ResumeDetails(
            case.framework,
            case.flag,
            saved,
            begun,
            rate_code=stopped.rate_code if is_late else "",
            **(stopped.description if saved == "optimizer" else {}),
        )
        return Measurement(
            self.pair.id,
            self.name,
            name,
            case.mode,
            verdict,
            details,
            steps=begun + STEPS,
            max_abs_deviation=absolute,
            error=error,
        )

    def _go_on(
        self, case: Stop, stopped: Stopped, saved: Saved, begun: int
    ) -> np.ndarray:
        start = start_case(self.context, *case.flag.split())
        if case.framework == "pytorch":
            run = torch_run(self.context, start)
            run.load(stopped.folder, saved)
            run.done = begun
            return run.advance(STEPS)
        with mode_set(case.mode):
            run = mindspore_run(self.context, start, "own", case.mode)
            run.load(stopped.folder, saved)
            if saved == "everything":
                run.execute(stopped.rate_code)
            run.done = begun
            return run.advance(STEPS)


def _entries(saved: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the contents of PyTorch's file."""
    for number, state in saved["state"].items():
        for name, value in state.items():
            shape = tuple(getattr(value, "shape", ()))
            yield Entry(f"{name}.{number}", shape, "state" if shape else "step count")
    for name in saved["param_groups"][0]:
        if name != "params":
            yield Entry(name, (), "rate" if name == "lr" else "hyperparameter")


def _absent(signature: Iterable, saved: Iterable[Entry]) -> Iterator[str]:
    """Yield the arguments of a class that no value in its file represents."""
    kept = [e.name for e in saved if e.kind in {"rate", "hyperparameter"}]
    for argument in signature:
        if argument.name in BUILT or argument.kind.startswith("var_"):
            continue
        name = "learning_rate" if argument.name == "lr" else argument.name
        if not any(value.startswith(name) for value in kept):
            yield argument.name


def _role(name: str, weights: set[str], before: Values, after: Values) -> Role:
    if name in weights:
        return "weight"
    of = next((weight for weight in weights if name.endswith(weight)), None)
    if of:
        return "state" if after[name].shape == after[of].shape else "step count"
    if not np.array_equal(before[name], after[name]):
        return "step count"
    return "rate" if name.startswith("learning_rate") else "hyperparameter"
