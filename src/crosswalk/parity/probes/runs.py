"""Build the runs of a pair for probes; import this only in forked processes."""

from functools import partial
from typing import Any

from crosswalk.introspect import resolve
from crosswalk.parity.backends import mindspore as mindspore_backend
from crosswalk.parity.backends import torch as torch_backend
from crosswalk.parity.measurement import Gradients, Mode
from crosswalk.parity.model import Arguments, Case
from crosswalk.parity.probes import Context
from crosswalk.parity.problem import problem

# Values that give the optimizer state and every hyperparameter an effect.
START = {"momentum": 0.9, "weight_decay": 0.01}
# With beta2 near 1 the second moment only grows, so amsgrad would have no effect.
BESIDE = {"amsgrad": {"betas": (0.9, 0.5)}}


def start_case(
    context: Context, *flags: str, groups: tuple[Arguments, ...] = ()
) -> Case:
    """Return the common start of these runs, with ``flags`` set."""
    shared = context.arguments.shared
    start = {name: value for name, value in START.items() if name in shared}
    for flag in flags:
        start |= {flag: True, **BESIDE.get(flag, {})}
    return Case(" ".join(flags), start, groups=groups)


def torch_run(
    context: Context,
    case: Case,
    gradients: Gradients = "own",
    dtype: Any = torch_backend.SINGLE,
) -> torch_backend.Run:
    """Build PyTorch's side; raises the optimizer's exceptions."""
    subject = context.pair.subject
    make = subject.make or resolve(subject.torch)
    make = partial(make, **context.arguments.torch(case))
    task = problem(subject, case, gradients)
    return torch_backend.Run(task, make, case.groups, dtype)


def mindspore_run(
    context: Context, case: Case, gradients: Gradients, mode: Mode
) -> mindspore_backend.Run:
    """Build MindSpore's side; raises the optimizer's exceptions."""
    subject, counterpart = context.pair.subject, context.pair.counterpart
    make = counterpart.make or resolve(counterpart.mindspore)
    given, _ = context.arguments.mindspore(case)
    if given is None:
        message = "the counterpart has no arguments for this"
        raise LookupError(message)
    make = partial(make, **given)
    task = problem(subject, case, gradients)
    return mindspore_backend.Run(task, make, case.groups, mode)
