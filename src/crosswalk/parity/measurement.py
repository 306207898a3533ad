"""Results of probes: measurements, each with a unique key, and a pair's outcome."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import msgspec

from crosswalk.model import Framework, read
from crosswalk.parity.model import PairItem

Mode = Literal["", "eager", "pynative", "graph", "jit"]
Gradients = Literal["fixed", "own"]
Verdict = Literal["same", "defaults-differ", "ignored", "differs", "frozen", "fails"]
# Of all runs of a pair: one that is the same, with exceptions, is close enough to use.
PairVerdict = Literal[Verdict, "same-except"]
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
    """Results of comparing one run in both frameworks, in addition to the deviation.

    ``max_rel_deviation`` is relative to the largest absolute value.
    ``yardstick`` is the rounding baseline: the absolute deviation between PyTorch's own
    runs in float32 and float64.
    ``max_rate_deviation`` compares only the learning rates that schedules report: if it
    is small but the others are not, a reported rate is not the one in use.
    All of them are None if a side raised an error.
    ``missing`` names the changed arguments that one side does not have, and the method
    that MindSpore lacks if the case drives a schedule by it.
    ``curves`` holds the data of the charts: a list of numbers per name.
    """

    torch_arguments: dict[str, Any]
    mindspore_arguments: dict[str, Any] | None
    max_rel_deviation: float | None = None
    yardstick: float | None = None
    missing: tuple[str, ...] = ()
    max_rate_deviation: float | None = None
    curves: dict[str, list[float]] = {}


class Entry(msgspec.Struct, frozen=True):
    """A value in an optimizer, with its name, shape and kind.

    A "state" has the shape of its weight.
    A "step count" is a number that training changes, such as a power of beta, or that
    belongs to a weight.
    A "rate" and a "hyperparameter" are numbers that training does not change.
    """

    name: str
    shape: tuple[int, ...]
    kind: Role


class ResumeDetails(
    msgspec.Struct, frozen=True, tag=True, rename={"flag": "setting", "saved": "way"}
):
    """Details of a run that was saved, and resumed in a new process.

    ``flag`` is set in addition to the pair's matched arguments; "" means none.
    In JSON, ``flag`` is called ``setting``, and ``saved`` is called ``way``.

    ``saved`` is the saved part:

    - "weights only": the trained parameters, with a newly built optimizer
    - "optimizer": the optimizer, loaded before the first step
    - "rate changed": the same, after ``rate_code`` changed the learning rate
    - "everything": every parameter of the optimizer, including those in lists and
      dicts, after a change of the learning rate, which is set again after loading

    Of MindSpore's modes, only PyNative mode tries "weights only".
    "everything" is tried only if the optimizer's file is not enough.

    ``stopped_after`` counts steps from the start of the run.
    The deviation is the largest difference from an uninterrupted run of the same
    framework, over the steps after the stop and all elements of the parameters.
    Once per flag, ``file`` lists the values in the optimizer's file, ``outside`` the
    values that the optimizer keeps but does not save, and ``absent`` the arguments of
    the class that no value in the file represents.
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
    """Details of a hyperparameter that was changed during training.

    ``hyperparameter`` is PyTorch's name; ``code`` changed it in MindSpore, and
    ``torch_code`` in PyTorch, both after ``after`` steps.
    The deviation is the largest one between the two frameworks, over all steps and
    elements.
    ``effect`` and ``torch_effect`` are the largest deviations between a framework's run
    with the change and its run without; ``unchanged_deviation`` is the one between the
    frameworks without the change.
    They are None if a side raised an error, or if no step changes the parameters any
    more ("frozen").

    The verdict is "same" if the deviation is within the tolerance of the reference.
    If the frameworks differ without the change already, it may be up to 10 times
    ``unchanged_deviation``, if the change moves PyTorch by more than 100 times that.
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
    """Types that an argument rejects, with the error, by side."""

    refused: dict[str, dict[str, dict[str, str]]]


Details = (
    TrainingDetails | ResumeDetails | ChangeDetails | SignatureDetails | TypesDetails
)


@dataclass(frozen=True)
class Key:
    """The unique key of a measurement.

    ``mode`` includes the kind of gradients if a probe tries both.
    """

    pair: str
    probe: str
    case: str
    mode: str


@dataclass(frozen=True)
class Measurement:
    """Result of one probe for one case in one mode.

    The verdict is None if a probe only describes. ``gradients`` is None if a probe has
    only one kind, the run's own gradients. ``steps`` counts the steps of the whole run.
    ``max_abs_deviation`` is the largest deviation over all steps and all elements of
    the parameters; if a side raised an error, it is None, and ``error`` is the message.
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
        """Return the key of the measurement."""
        mode = f"{self.mode}, {self.gradients}" if self.gradients else self.mode
        return Key(self.pair, self.probe, self.case, mode)


@dataclass(frozen=True)
class PairOutcome:
    """Result of measuring one pair, with its environment.

    ``failure`` gives the reason if there are no measurements at all.
    """

    id: str
    environment: dict[str, str]
    seconds: float
    measurements: tuple[Measurement, ...]
    failure: str = ""
    sources: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """Return ``"passed"`` if the pair was measured, whatever the verdict."""
        return "failed" if self.failure else "passed"

    def of(self, *probes: str) -> tuple[Measurement, ...]:
        """Return the measurements of ``probes``, in their order."""
        return tuple(m for m in self.measurements if m.probe in probes)

    @property
    def trainings(self) -> tuple[Measurement, ...]:
        """Return the measurements that decide the pair's verdict."""
        return self.of(*TRAININGS)

    @property
    def curves(self) -> dict[str, list[float]]:
        """Return the data of the chart; empty if there is none."""
        return next((m.details.curves for m in self.trainings if m.details.curves), {})

    @property
    def signatures(self) -> dict[str, Signature]:
        """Return the arguments of each side."""
        return next((m.details.arguments for m in self.of("signature")), {})

    @property
    def refused(self) -> dict[str, dict[str, dict[str, str]]]:
        """Return the types that arguments of each side reject."""
        return next((m.details.refused for m in self.of("types")), {})

    def tells_of(self, item: PairItem) -> bool:
        """Return whether the outcome and all its measurements belong to ``item``."""
        return {self.id, *(m.pair for m in self.measurements)} == {item.id}

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return msgspec.to_builtins(self)

    @classmethod
    def from_json(cls, data: object) -> "PairOutcome":
        """Read the result of `to_json`; raises TypeError for anything else."""
        return read(data, cls)
