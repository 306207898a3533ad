"""What probes give: measurements, each with one key, and a pair's outcome."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import msgspec

from crosswalk.model import Framework, read
from crosswalk.parity.model import PairItem

Mode = Literal["", "eager", "pynative", "graph", "jit"]
Gradients = Literal["fixed", "own"]
Verdict = Literal["same", "defaults-differ", "ignored", "differs", "frozen", "fails"]
Saved = Literal["weights only", "optimizer", "rate changed", "everything"]
Role = Literal["weight", "state", "step count", "rate", "hyperparameter"]
Signature = list[list[str | None]]

# From the least to the most harmful.
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SAVED: tuple[Saved, ...] = get_args(Saved)
# The probes that compare a run of both frameworks; they decide a pair's verdict.
TRAININGS = ("trajectory", "schedule")
# The error of a resumed run that could not even begin.
NO_EFFECTIVE_CHANGE = "no way to change the rate takes effect here"


class TrainingDetails(msgspec.Struct, frozen=True, tag=True):
    """What comparing one run of both frameworks gave, beyond the deviation.

    ``max_rel_deviation`` is relative to the largest absolute value.
    ``yardstick`` is the absolute deviation between PyTorch's own runs in
    float32 and float64.
    ``max_rate_deviation`` is that of a schedule's reported rates alone: where it
    is small and the others are not, a rate that is reported is not the one used.
    All are None where a side raised.
    ``missing`` names the changed arguments that one side does not have, and the
    method that MindSpore lacks where a schedule is driven by one.
    ``curves`` holds what the pictures show: a list of numbers per name.
    """

    torch_arguments: dict[str, Any]
    mindspore_arguments: dict[str, Any] | None
    max_rel_deviation: float | None = None
    yardstick: float | None = None
    missing: tuple[str, ...] = ()
    max_rate_deviation: float | None = None
    curves: dict[str, list[float]] = {}


class Entry(msgspec.Struct, frozen=True):
    """A value that an optimizer keeps: its name, its shape and what it is for.

    A "state" has the shape of its weight. A "step count" is a number that training
    changes, such as a power of beta, or one that belongs to a weight. A "rate" and
    a "hyperparameter" are numbers that training does not change.
    """

    name: str
    shape: tuple[int, ...]
    kind: Role


class ResumeDetails(
    msgspec.Struct, frozen=True, tag=True, rename={"flag": "setting", "saved": "way"}
):
    """Of a run that was saved, and loaded in a new process.

    ``flag`` is set beside the pair's matched arguments; "" for none.  As data it is
    called ``setting``, and ``saved`` is called ``way``.
    ``saved`` says what was saved:
    "weights only" the trained parameters, with a newly built optimizer;
    "optimizer" the optimizer, loaded before the first step;
    "rate changed" the same, after the rate was changed by ``rate_code``;
    "everything" every parameter that the optimizer holds, in its lists and
    dicts too, after the rate was changed, which is set again after loading.
    "weights only" is tried in PyNative mode only, "everything" only where the
    optimizer's file is not enough.

    ``stopped_after`` counts steps from the run's start.
    The deviation is the largest over the steps after the stop and all elements of
    the parameters, from the same framework's unbroken run.
    ``file``, ``outside`` and ``absent`` are told once per flag: what is in the
    optimizer's file, what the optimizer keeps but does not save, and which
    arguments of the class are in no value of the file.
    """

    framework: Framework
    flag: str
    saved: Saved
    stopped_after: int
    rate_code: str = ""
    file: tuple[Entry, ...] = ()
    outside: tuple[Entry, ...] = ()
    absent: tuple[str, ...] = ()


class ChangeDetails(msgspec.Struct, frozen=True, tag=True):
    """Of one hyperparameter that was changed while training.

    ``hyperparameter`` is PyTorch's name; ``code`` is what changed it in
    MindSpore, ``torch_code`` in PyTorch, both after ``after`` steps.
    The deviation is the largest between the two frameworks, over all
    steps and elements; ``effect`` and ``torch_effect`` are the largest
    between a framework's run with the change and its run without;
    ``unchanged_deviation`` is that between the frameworks without the change.
    None where a side raised, or where no step moves anything any more ("frozen").

    The verdict is "same" if the two agree: within the tolerance of the reference
    or, where the frameworks differ without the change already, within ten times
    that, if the change moves PyTorch ten times as far again.
    """

    hyperparameter: str
    group: int
    value: Any
    code: str
    torch_code: str
    after: int
    effect: float | None = None
    torch_effect: float | None = None
    unchanged_deviation: float | None = None


class SignatureDetails(msgspec.Struct, frozen=True, tag=True):
    """Name and default (None if required) of each argument, by side."""

    arguments: dict[str, Signature]


class TypesDetails(msgspec.Struct, frozen=True, tag=True):
    """The types that an argument refuses, with the error, by side."""

    refused: dict[str, dict[str, dict[str, str]]]


Details = (
    TrainingDetails | ResumeDetails | ChangeDetails | SignatureDetails | TypesDetails
)


@dataclass(frozen=True)
class Key:
    """What a measurement is looked up by, wherever it is kept.

    ``mode`` names the kind of gradients, too, where a probe tries both.
    """

    pair: str
    probe: str
    case: str
    mode: str


@dataclass(frozen=True)
class Measurement:
    """The result of one probe for one case in one mode.

    The verdict is None where a probe describes and does not judge.
    ``gradients`` is None where a probe has one kind only, the run's own.
    ``steps`` counts those of the whole run; ``max_abs_deviation`` is the largest
    over all steps and all elements of the parameters.
    Where a side raised it is None, and ``error`` is the text.
    """

    pair: str
    probe: str
    case: str
    mode: Mode
    verdict: Verdict | None
    details: Details
    gradients: Gradients | None = None
    steps: int = 0
    max_abs_deviation: float | None = None
    error: str = ""

    @property
    def key(self) -> Key:
        """Return what it is looked up by."""
        mode = f"{self.mode}, {self.gradients}" if self.gradients else self.mode
        return Key(self.pair, self.probe, self.case, mode)


@dataclass(frozen=True)
class PairOutcome:
    """What measuring one pair gave, and on what it ran.

    ``failure`` says why there are no measurements at all.
    """

    id: str
    environment: dict[str, str]
    seconds: float
    measurements: tuple[Measurement, ...]
    failure: str = ""
    sources: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """Return ``"passed"`` if the pair was measured, whatever came out."""
        return "failed" if self.failure else "passed"

    def of(self, *probes: str) -> tuple[Measurement, ...]:
        """Return the measurements of ``probes``, in their order."""
        return tuple(m for m in self.measurements if m.probe in probes)

    @property
    def trainings(self) -> tuple[Measurement, ...]:
        """Return those that decide the pair's verdict."""
        return self.of(*TRAININGS)

    @property
    def curves(self) -> dict[str, list[float]]:
        """Return what the picture shows; empty where there is none."""
        return next((m.details.curves for m in self.trainings if m.details.curves), {})

    @property
    def signatures(self) -> dict[str, Signature]:
        """Return the arguments of each side."""
        return next((m.details.arguments for m in self.of("signature")), {})

    @property
    def refused(self) -> dict[str, dict[str, dict[str, str]]]:
        """Return the types that arguments of each side refuse."""
        return next((m.details.refused for m in self.of("types")), {})

    def tells_of(self, item: PairItem) -> bool:
        """Return whether it is of ``item``, and every measurement is."""
        return {self.id, *(m.pair for m in self.measurements)} == {item.id}

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return msgspec.to_builtins(self)

    @classmethod
    def from_json(cls, data: object) -> "PairOutcome":
        """Read what `to_json` gave; raises TypeError for anything else."""
        return read(data, cls)
