"""What both frameworks train: start values, data and losses, in float32.

The losses use only what tensors of both frameworks can do, so that they are
written once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crosswalk.parity.model import Gradients, Setting, Subject

STEPS = 50
SHAPES = {"weight": (3, 4), "bias": (4,), "scale": (4,), "shift": (4,)}
NAMES = {
    "plain": ("linear.weight", "linear.bias", "scale.weight", "shift.weight"),
    # What MindSpore calls the parameters of a batch norm.
    "norm": ("linear.weight", "linear.bias", "norm.gamma", "norm.beta"),
}
ROWS, COLUMNS, BATCH = 6, 3, 4


@dataclass(frozen=True)
class Problem:
    """Parameters by name, a loss, and the loss's data for each step.

    ``is_sparse`` says that the gradients hold some rows only.
    """

    names: tuple[str, ...]
    start: tuple[np.ndarray, ...]
    loss: Callable[..., Any]
    data: Sequence[tuple[np.ndarray, ...]]
    is_sparse: bool = False


def problem(subject: Subject, setting: Setting, gradients: Gradients) -> Problem:
    """Return what ``setting`` trains, with fixed or with own gradients."""
    if subject.problem == "embedding":
        return _embedding(gradients)
    rng = np.random.default_rng(0)
    start = tuple(_float32(rng.normal(size=shape)) for shape in SHAPES.values())
    names = NAMES[setting.parameters]
    if gradients == "fixed":
        data = [
            tuple(_float32(rng.normal(size=shape)) for shape in SHAPES.values())
            for _ in range(STEPS)
        ]
        return Problem(names, start, inner_product, data)
    x, y = _float32(rng.normal(size=(16, 3))), _float32(rng.normal(size=(16, 4)))
    return Problem(names, start, regression, [(x, y)] * STEPS)


def _embedding(gradients: Gradients) -> Problem:
    rng = np.random.default_rng(0)
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


def inner_product(params: Sequence, _lookup: object, *gradients: object) -> object:
    """Return the loss whose gradients are ``gradients``, exactly."""
    total = (params[0] * gradients[0]).sum()
    for number in range(1, len(params)):
        total = total + (params[number] * gradients[number]).sum()
    return total


def regression(params: Sequence, _lookup: object, x: object, y: object) -> object:
    """Return the mean squared error of a linear layer, scaled, shifted, bounded.

    Without the bound a run that climbs, with ``maximize``, would overflow.
    It is no ``tanh``: MindSpore's is off by 1e-4 on the CPU.
    """
    hidden = (x @ params[0] + params[1]) * params[2] + params[3]
    return (hidden / (hidden.square() + 1).sqrt() - y).square().mean()


def looked_up_product(
    params: Sequence, lookup: Callable, rows: object, gradients: object
) -> object:
    """Return the loss whose gradients are ``gradients``, in the rows looked up."""
    both = lookup(params[0], rows) + lookup(params[1], rows)
    return (both * gradients).sum()


def looked_up_distance(
    params: Sequence, lookup: Callable, rows: object, goal: object
) -> object:
    """Return the squared distance of the sum of the rows from ``goal``."""
    both = lookup(params[0], rows) + lookup(params[1], rows)
    return (both - goal).square().sum()
