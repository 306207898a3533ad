"""One training step of MindSpore in each mode; import this only in forked processes."""

from collections.abc import Callable
from functools import cache
from typing import Any

import mindspore as ms
from mindspore.ops import operations

from crosswalk.parity.measurement import Mode
from crosswalk.parity.problem import Problem

# Created inside a compiled function, it would return gradients of a different type.
LOOKUP = operations.EmbeddingLookup()


def training_step(
    optimizer: Any, params: list, problem: Problem, mode: Mode
) -> Callable[..., ms.Tensor]:
    """Return a function that takes one step and returns the loss before it."""
    if not problem.loss:
        return _fixed_step(optimizer, mode)
    # Sparse gradients do not pass from one graph to another.
    if mode == "jit" or problem.is_sparse:
        step = _whole_step(optimizer, params, problem)
        return step if mode == "pynative" else ms.jit(step)
    grad_fn = _compiled_gradients(problem.loss, len(params))

    def stepped(*data: ms.Tensor) -> ms.Tensor:
        loss, gradients = grad_fn(*(param.value() for param in params), *data)
        optimizer(gradients)
        return loss

    return stepped


def _whole_step(
    optimizer: Any, params: list, problem: Problem
) -> Callable[..., ms.Tensor]:
    """Return a step that MindSpore can compile as one graph."""
    loss_of = problem.loss

    def forward(*data: ms.Tensor) -> ms.Tensor:
        return loss_of(params, _lookup, *data)

    grad_fn = ms.value_and_grad(forward, None, ms.ParameterTuple(params))

    def step(*data: ms.Tensor) -> ms.Tensor:
        loss, gradients = grad_fn(*data)
        optimizer(gradients)
        return loss

    return step


@cache
def _compiled_gradients(
    loss_of: Callable[..., ms.Tensor], count: int
) -> Callable[..., tuple]:
    """Return a function of ``count`` weights and the data, compiled only once.

    Only the optimizer's own mode matters, and eager gradients would take longer than
    everything else together.
    """

    def forward(*values: ms.Tensor) -> ms.Tensor:
        return loss_of(values[:count], _lookup, *values[count:])

    return ms.jit(ms.value_and_grad(forward, tuple(range(count))))


def _fixed_step(optimizer: Any, mode: Mode) -> Callable[..., ms.Tensor]:
    """Return a step whose data are the gradients."""

    def step(*gradients: ms.Tensor) -> ms.Tensor:
        optimizer(gradients)
        return gradients[0].sum()

    return ms.jit(step) if mode == "jit" else step


def _lookup(table: ms.Tensor, rows: ms.Tensor) -> ms.Tensor:
    return LOOKUP(table, rows, 0)
