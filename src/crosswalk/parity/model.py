"""Data classes for the data files: subjects, counterparts and cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Arguments = Mapping[str, Any]

OWN_DEFAULTS = "own defaults"
MATCHED = "matched"

# Arguments that many classes have, and why no case changes them.
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
    """A scheduler in another scheduler's arguments, built with the same optimizer."""

    name: str
    arguments: Arguments


@dataclass(frozen=True)
class Case:
    """One training run, a line in a page's table, with its changed arguments.

    ``torch`` holds the changed arguments by PyTorch's names, ``mindspore`` those that
    only MindSpore has.
    ``over`` is the case that differs from this one only by the flag.
    ``parameters`` and ``groups`` select the parameters to train.
    The remaining fields are for schedulers: ``every`` is the number of optimizer steps
    per step of the schedule, ``drive`` the way to step it, and ``optimizer`` holds the
    arguments of its optimizer.
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
    """A MindSpore API that corresponds to a PyTorch class.

    ``names`` maps PyTorch's argument names to MindSpore's where they differ; a tuple of
    names receives the items of a tuple.
    ``values`` maps PyTorch's name of an argument to a function that converts its value,
    where renaming is not enough.
    ``fixed`` are MindSpore arguments without which the two cannot agree.
    ``arguments`` translates a schedule's arguments where renaming is not enough.
    It receives PyTorch's arguments, defaults included, with ``lr`` (the group's initial
    learning rate), ``group`` (its number), ``every``, and ``steps`` (all steps of the
    optimizer), and returns None if MindSpore cannot express them.
    ``unexercised`` gives the reason for each argument that no case changes.
    """

    mindspore: str
    names: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    fixed: Arguments = field(default_factory=dict)
    arguments: Callable[[Arguments], Arguments | None] | None = None
    make: Callable[..., Any] | None = None
    cases: tuple[Case, ...] = ()
    unexercised: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """A PyTorch class, its cases and its counterparts: one page.

    ``base`` are the arguments that all cases share.
    ``make`` builds an object that the class alone does not provide, such as an instance
    of a subclass.
    ``metrics`` are passed to the steps of the schedule, if it takes metrics.
    ``recommended`` is the MindSpore class that all pages recommend, "" if none, and
    ``note`` an instruction to the reader who uses it.
    """

    torch: str
    base: Arguments
    cases: tuple[Case, ...]
    counterparts: tuple[Counterpart, ...]
    unexercised: Mapping[str, str] = field(default_factory=dict)
    problem: Literal["dense", "embedding"] = "dense"
    metrics: tuple[float, ...] = ()
    make: Callable[..., Any] | None = None
    recommended: str = ""
    note: str = ""
    path: Path = Path()

    @property
    def kind(self) -> str:
        """Return ``"scheduler"`` or ``"optimizer"``."""
        is_scheduler = self.torch.startswith("torch.optim.lr_scheduler.")
        return "scheduler" if is_scheduler else "optimizer"

    @property
    def slug(self) -> str:
        """Return the name of the subject's data file and page."""
        return self.path.stem


@dataclass(frozen=True)
class Pair:
    """A subject and one of its counterparts, measured by one process.

    A class without a counterpart forms a pair with None.
    """

    subject: Subject
    counterpart: Counterpart | None

    @property
    def id(self) -> str:
        """Return the pair's name, in the form that the command line accepts."""
        name = self.counterpart.mindspore if self.counterpart else ""
        return f"{self.subject.torch}:{name}"

    @property
    def package(self) -> str:
        """Return the package of PyTorch's class, which decides which probes apply."""
        return self.subject.torch.rpartition(".")[0]

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return all cases; the two that all pairs have come first."""
        if not self.counterpart:
            return ()
        always = (Case(OWN_DEFAULTS), Case(MATCHED))
        return (*always, *self.subject.cases, *self.counterpart.cases)


@dataclass(frozen=True)
class PairItem:
    """Name and data file of a pair, which the runner sends to a process.

    The pair itself may contain functions, which cannot be sent.
    """

    id: str
    path: Path
    packages: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the source files that can change the measurements."""
        return (self.path,)

    @property
    def reads(self) -> tuple[Path, ...]:
        """Return the project folders that the measurement reads."""
        return (self.path.parent,)
