"""The nouns for runs that stop and go on, or change on the way.

Nothing here imports anything else of ours.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal["weight", "state", "step count", "rate", "hyperparameter"]
ResumeVerdict = Literal["same", "differs", "frozen", "fails"]
ChangeVerdict = Literal["same", "ignored", "differs", "frozen", "fails"]
ResumeWay = Literal["weights only", "optimizer", "rate changed", "everything"]
RESUME_WAYS: tuple[ResumeWay, ...] = get_args(ResumeWay)
# The error of a resumed run that could not even begin.
NO_WAY = "no way to change the rate takes effect here"


@dataclass(frozen=True)
class Entry:
    """A value that an optimizer keeps: its name, its shape and what it is for.

    A "state" has the shape of its weight. A "step count" is a number that training
    changes, such as a power of beta, or one that belongs to a weight. A "rate" and
    a "hyperparameter" are numbers that training does not change.
    """

    name: str
    shape: tuple[int, ...]
    kind: Kind


@dataclass(frozen=True)
class Resume:
    """Whether a run, saved and loaded in a new process, goes on as without a stop.

    ``setting`` tells the flag that is set beside the pair's matched arguments;
    "" for none. ``way`` says what was saved:
    "weights only" the trained parameters, with a newly built optimizer;
    "optimizer" the optimizer, loaded before the first step;
    "rate changed" the same, after the rate was changed by ``rate_code``;
    "everything" every parameter that the optimizer holds, in its lists and
    dicts too, after the rate was changed, which is set again after loading.
    "weights only" is tried in PyNative mode only, "everything" only where the
    optimizer's file is not enough.

    ``stopped_after`` and ``steps`` count steps from the run's start.
    ``max_abs_deviation`` is the largest over the steps after the stop and all
    elements of the parameters, from the same framework's unbroken run; None
    where ``error`` is set. The verdict is "frozen" where no step moves anything.
    ``file``, ``outside`` and ``absent`` are told once per setting: what is in the
    optimizer's file, what the optimizer keeps but does not save, and which
    arguments of the class are in no value of the file.
    """

    framework: Literal["pytorch", "mindspore"]
    setting: str
    way: ResumeWay
    mode: Literal["eager", "pynative", "graph", "jit"]
    stopped_after: int
    steps: int
    max_abs_deviation: float | None
    verdict: ResumeVerdict
    error: str = ""
    rate_code: str = ""
    file: tuple[Entry, ...] = ()
    outside: tuple[Entry, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What came of changing one hyperparameter while training.

    ``hyperparameter`` is PyTorch's name; ``code`` is what changed it in
    MindSpore, ``torch_code`` in PyTorch, both after ``after`` of ``steps`` steps.

    ``max_abs_deviation`` is the largest between the two frameworks, over all
    steps and elements; ``effect`` and ``torch_effect`` are the largest
    between a framework's run with the change and its run without;
    ``unchanged_deviation`` is that between the frameworks without the change.
    None where ``error`` is set, or where no step moves anything any more ("frozen").

    The verdict is "same" if the two agree: within the tolerance of the reference
    or, where the frameworks differ without the change already, within ten times
    that, if the change moves PyTorch ten times as far again.
    """

    hyperparameter: str
    group: int
    value: Any
    code: str
    torch_code: str
    mode: Literal["pynative", "graph", "jit"]
    after: int
    steps: int
    verdict: ChangeVerdict
    max_abs_deviation: float | None = None
    effect: float | None = None
    torch_effect: float | None = None
    unchanged_deviation: float | None = None
    error: str = ""
