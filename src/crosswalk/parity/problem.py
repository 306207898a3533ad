"""Training problems for both frameworks: start values, data and losses, in float32.

The losses use only operations that tensors of both frameworks have, so each loss is
written once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crosswalk.parity.measurement import Gradients
from crosswalk.parity.model import Arguments, Case, Subject

STEPS = 50
SHAPES = {
    "plain": {"linear.weight": (3, 4), "linear.bias": (4,)},
    # MindSpore's names of the parameters of a batch norm.
    "norm": {"linear.weight": (3, 4), "norm.gamma": (4,), "norm.beta": (4,)},
}
ROWS, COLUMNS, BATCH = 6, 3, 4
# With other seeds, some deviations are within 10 % of the tolerance, so their verdict
# would depend on the processor.
SEED = 3
# A schedule drives two parameters, each in a group of its own, for so many steps.
RATE = 0.1
GROUPS: tuple[Arguments, ...] = ({"lr": RATE}, {"lr": RATE / 4})
SCHEDULE_STEPS = 40


@dataclass(frozen=True)
class Problem:
    """Parameters by name, a loss, and the loss's data for each step.

    Without a loss, the data are the gradients.
    ``is_sparse`` means that the gradients hold only some rows.
    """

    names: tuple[str, ...]
    start: tuple[np.ndarray, ...]
    loss: Callable[..., Any] | None
    data: Sequence[tuple[np.ndarray, ...]]
    is_sparse: bool = False


def problem(subject: Subject, case: Case, gradients: Gradients) -> Problem:
    """Return the training problem of ``case``, with fixed or own gradients."""
    if subject.problem == "embedding":
        return _embedding(gradients)
    rng = np.random.default_rng(SEED)
    shapes = SHAPES[case.parameters]
    names = tuple(shapes)
    start = tuple(_float32(rng.normal(size=shapes[name])) for name in names)
    if gradients == "fixed":
        data = [
            tuple(_float32(rng.normal(size=shape)) for shape in shapes.values())
            for _ in range(STEPS)
        ]
        return Problem(names, start, None, data)
    # With one batch for all steps, gradients would vanish and rounding would decide.
    data = [
        (_float32(rng.normal(size=(16, 3))), _float32(rng.normal(size=(16, 4))))
        for _ in range(STEPS)
    ]
    return Problem(names, start, regression, data)


def unit_gradients() -> Problem:
    """Return the problem for schedules, whose parameters move by the learning rate."""
    ones = np.ones(1, np.float32)
    zeros = np.zeros(1, np.float32)
    return Problem(("first", "second"), (zeros, zeros), None, [(ones, ones)])


def _embedding(gradients: Gradients) -> Problem:
    rng = np.random.default_rng(SEED)
    names = ("first", "second")
    start = tuple(_float32(rng.normal(size=(ROWS, COLUMNS))) for _ in names)
    # Some rows stay untouched in a step, some come twice.
    rows = rng.integers(0, ROWS, size=(STEPS, BATCH)).astype(np.int32)
    other = _float32(rng.normal(size=(STEPS, BATCH, COLUMNS)))
    loss = looked_up_product if gradients == "fixed" else looked_up_distance
    data = list(zip(rows, other, strict=True))
    return Problem(names, start, loss, data, is_sparse=True)


def _float32(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32)


def regression(params: Sequence, _lookup: object, x: object, y: object) -> object:
    """Return the mean squared error of a linear layer with a bounded output.

    Without the bound, a run with ``maximize`` would overflow.
    ``tanh`` is no alternative, because MindSpore's is off by 1e-4 on CPU.
    """
    hidden = x @ params[0]
    for number in range(1, len(params)):
        hidden = hidden + params[number]
    return (hidden / (hidden.square() + 1).sqrt() - y).square().mean()


def looked_up_product(
    params: Sequence, lookup: Callable, rows: object, gradients: object
) -> object:
    """Return a loss whose gradients are ``gradients``, in the rows looked up."""
    both = lookup(params[0], rows) + lookup(params[1], rows)
    return (both * gradients).sum()


def looked_up_distance(
    params: Sequence, lookup: Callable, rows: object, goal: object
) -> object:
    """Return the squared distance between the sum of the rows and ``goal``."""
    both = lookup(params[0], rows) + lookup(params[1], rows)
    return (both - goal).square().sum()
