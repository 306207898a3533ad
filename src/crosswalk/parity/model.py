"""The nouns of the reference, as frozen dataclasses.

Nothing here imports anything else of ours, but the nouns of `continuing`.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from crosswalk.model import read
from crosswalk.parity.continuing import Change, Resume

Mode = Literal["pynative", "graph", "jit"]
Gradients = Literal["fixed", "own"]
Verdict = Literal["same", "defaults-differ", "ignored", "differs", "frozen", "fails"]
Arguments = Mapping[str, Any]

# From the least to the most harmful.
VERDICTS: tuple[Verdict, ...] = (
    "same",
    "defaults-differ",
    "ignored",
    "differs",
    "frozen",
    "fails",
)
OWN_DEFAULTS = "own defaults"
MATCHED = "matched"

# Arguments that many classes have, and why no setting changes them.
EXECUTION = dict.fromkeys(
    ("foreach", "fused", "capturable", "differentiable"),
    "It chooses how a step is computed, not which step.",
)
LOSS_SCALE = {
    "loss_scale": "It divides the gradients of a loss that was multiplied by it; "
    "here no loss is."
}


@dataclass(frozen=True)
class Part:
    """A scheduler inside another one's arguments, built with its optimizer."""

    name: str
    arguments: Arguments


@dataclass(frozen=True)
class Setting:
    """One line of a page's table: which arguments change, and how it runs.

    ``torch`` holds the changed arguments by PyTorch's names, ``mindspore``
    those that only MindSpore has.
    ``over`` is the setting that differs from this one by the flag alone.
    ``parameters`` and ``groups`` say what is trained.
    The rest is for schedulers: how many optimizer steps make one step of the
    schedule, how it is driven, and the arguments of its optimizer.
    """

    name: str
    torch: Arguments = field(default_factory=dict)
    mindspore: Arguments = field(default_factory=dict)
    over: str = MATCHED
    parameters: Literal["plain", "norm"] = "plain"
    groups: tuple[Arguments, ...] = ()
    every: int = 1
    drive: Literal["steps", "closed", "last_epoch", "state"] = "steps"
    optimizer: Arguments = field(default_factory=dict)


@dataclass(frozen=True)
class Counterpart:
    """A MindSpore API that stands for a PyTorch class.

    ``names`` maps PyTorch's argument names to MindSpore's where they differ; a
    tuple of names takes a tuple apart.
    ``values`` turns PyTorch's value of an argument into MindSpore's, by
    PyTorch's name, where renaming is not enough.
    ``fixed`` are MindSpore arguments without which the two cannot agree.
    ``arguments`` translates a schedule's arguments where renaming is not enough:
    from PyTorch's, defaults included, with ``lr`` (the group's first rate),
    ``group`` (its number), ``every`` and ``steps`` (of the optimizer, in all);
    None where there is no way to say them.
    ``unexercised`` gives the reason for each argument that no setting changes.
    """

    mindspore: str
    names: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    fixed: Arguments = field(default_factory=dict)
    arguments: Callable[[Arguments], Arguments | None] | None = None
    make: Callable[..., Any] | None = None
    settings: tuple[Setting, ...] = ()
    unexercised: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """A PyTorch class, its settings and its counterparts: one page.

    ``base`` are the arguments that every setting starts from.
    ``make`` builds what the class alone does not give, such as a subclass.
    ``metrics`` are what each step of the schedule is given, if it wants that.
    """

    torch: str
    base: Arguments
    settings: tuple[Setting, ...]
    counterparts: tuple[Counterpart, ...]
    unexercised: Mapping[str, str] = field(default_factory=dict)
    problem: Literal["dense", "embedding"] = "dense"
    metrics: tuple[float, ...] = ()
    make: Callable[..., Any] | None = None
    path: Path = Path()

    @property
    def kind(self) -> str:
        """Return ``"scheduler"`` or ``"optimizer"``."""
        is_scheduler = self.torch.startswith("torch.optim.lr_scheduler.")
        return "scheduler" if is_scheduler else "optimizer"

    @property
    def slug(self) -> str:
        """Return the name of its data file and of its page."""
        return self.path.stem


@dataclass(frozen=True)
class Pair:
    """A subject and one of its counterparts: what one process measures.

    A class that MindSpore does not have makes a pair with None.
    """

    subject: Subject
    counterpart: Counterpart | None

    @property
    def id(self) -> str:
        """Return its name, as the command line takes it."""
        name = self.counterpart.mindspore if self.counterpart else ""
        return f"{self.subject.torch}:{name}"

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Return every setting, the two that all pairs have first."""
        if not self.counterpart:
            return ()
        always = (Setting(OWN_DEFAULTS), Setting(MATCHED))
        return (*always, *self.subject.settings, *self.counterpart.settings)


@dataclass(frozen=True)
class PairItem:
    """A pair by its name: what the runner hands to a process.

    The pair itself may hold functions, which cannot be sent.
    """

    id: str
    path: Path
    packages: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the sources that can change what is measured."""
        return (self.path,)

    @property
    def reads(self) -> tuple[Path, ...]:
        """Return the folders of the project that measuring it reads."""
        return (self.path.parent,)


@dataclass(frozen=True)
class Measurement:
    """What one setting gave in one mode, with one kind of gradients.

    Deviations are the largest over all steps and all elements of the
    parameters: absolute, and relative to the largest absolute value.
    ``yardstick`` is the absolute deviation between PyTorch's own runs in
    float32 and float64.
    ``max_rate_deviation`` is that of a schedule's reported rates alone: where it
    is small and the others are not, a rate that is reported is not the one used.
    All are None where a side raised: ``error`` is its text.
    ``missing`` names the changed arguments that one side does not have, and the
    method that MindSpore lacks where a schedule is driven by one.
    """

    setting: str
    torch_arguments: dict[str, Any]
    mindspore_arguments: dict[str, Any]
    mode: Mode
    gradients: Gradients
    steps: int
    max_abs_deviation: float | None
    max_rel_deviation: float | None
    yardstick: float | None
    verdict: Verdict
    missing: tuple[str, ...] = ()
    error: str = ""
    max_rate_deviation: float | None = None


@dataclass(frozen=True)
class PairOutcome:
    """What measuring one pair gave, and on what it ran.

    ``curves`` holds what the pictures show: a list of numbers per name.
    ``signatures`` holds name and default (None if required) of each argument,
    ``refused`` the types that an argument refuses, with the error; both by side.
    ``failure`` says why there are no measurements at all.
    """

    id: str
    environment: dict[str, str]
    seconds: float
    measurements: tuple[Measurement, ...]
    curves: dict[str, list[float]] = field(default_factory=dict)
    signatures: dict[str, list[list[str | None]]] = field(default_factory=dict)
    refused: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    failure: str = ""
    sources: tuple[str, ...] = ()
    resumes: tuple[Resume, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def status(self) -> str:
        """Return ``"passed"`` if the pair was measured, whatever came out."""
        return "failed" if self.failure else "passed"

    def tells_of(self, item: PairItem) -> bool:
        """Return whether it is of ``item``."""
        return self.id == item.id

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> "PairOutcome":
        """Read what `to_json` gave; raises TypeError for anything else."""
        return read(data, cls)
