"""What the data files say: subjects, counterparts and cases."""

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
    """A scheduler inside another one's arguments, built with its optimizer."""

    name: str
    arguments: Arguments


@dataclass(frozen=True)
class Case:
    """One training run, a line of a page's table: what it changes, how it runs.

    ``torch`` holds the changed arguments by PyTorch's names, ``mindspore``
    those that only MindSpore has.
    ``over`` is the case that differs from this one by the flag alone.
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

    ``base`` are the arguments that every case starts from.
    ``make`` builds what the class alone does not give, such as a subclass.
    ``metrics`` are what each step of the schedule is given, if it wants that.
    """

    torch: str
    base: Arguments
    cases: tuple[Case, ...]
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
    def package(self) -> str:
        """Return where PyTorch's class is: probes tell by it what they apply to."""
        return self.subject.torch.rpartition(".")[0]

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return every case, the two that all pairs have first."""
        if not self.counterpart:
            return ()
        always = (Case(OWN_DEFAULTS), Case(MATCHED))
        return (*always, *self.subject.cases, *self.counterpart.cases)


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
