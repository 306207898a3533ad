"""Train with MindSpore, in each mode; runs inside the forked process only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import mindspore as ms
import numpy as np
from mindspore.ops import operations

from crosswalk.parity import held
from crosswalk.parity.model import Arguments, Counterpart, Mode, Setting
from crosswalk.parity.problem import Problem
from crosswalk.parity.record import Run, in_groups
from crosswalk.parity.torch_side import resolve

# Made inside a compiled function it would give gradients of another type.
LOOKUP = operations.EmbeddingLookup()


@contextmanager
def mode_set(mode: Mode) -> Iterator[None]:
    """Set Graph or PyNative mode inside the block."""
    is_graph = mode == "graph"
    ms.set_context(mode=ms.GRAPH_MODE if is_graph else ms.PYNATIVE_MODE)
    try:
        yield
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)


class Training:
    """An optimizer and its parameters, trained from the start as often as asked.

    Its update is compiled once: that takes longer than the steps.
    """

    def __init__(
        self,
        counterpart: Counterpart,
        setting: Setting,
        problem: Problem,
        arguments: Arguments,
        mode: Mode,
    ) -> None:
        """Build both; raises what the optimizer raises."""
        self.mode = mode
        with mode_set(mode):
            self.params, self.optimizer = build(
                counterpart, setting, problem, arguments
            )
        self.held = held.everywhere(self.optimizer)
        self.start = held.values(self.held)

    def run(self, problem: Problem) -> Run:
        """Train for as many steps as ``problem`` has data; raises what a step raises.

        The parameters must be those of the problem it was built for.
        """
        with mode_set(self.mode):
            held.assign(self.held, self.start)
            step = training_step(self.optimizer, self.params, problem, self.mode)
            run = Run()
            run.add(params_of(self.params))
            for values in problem.data:
                loss = step(*(ms.Tensor(value) for value in values))
                run.add(params_of(self.params), float(loss.asnumpy()))
            return run


def build(
    counterpart: Counterpart, setting: Setting, problem: Problem, arguments: Arguments
) -> tuple[list[ms.Parameter], Any]:
    """Return the parameters and their optimizer; raises what the optimizer raises."""
    params = parameters(problem)
    make = counterpart.make or resolve(counterpart.mindspore)
    return params, make(in_groups(params, setting.groups), **arguments)


def parameters(problem: Problem) -> list[ms.Parameter]:
    """Return the problem's parameters at their start."""
    return [
        ms.Parameter(ms.Tensor(value), name=name)
        for name, value in zip(problem.names, problem.start, strict=True)
    ]


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
    """Return a step that can be compiled as one graph."""
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
    """Return a function of ``count`` weights and the data, compiled once for all.

    Only the optimizer's own mode matters; eager gradients would take longer than
    all else together.
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


def params_of(params: list[ms.Parameter]) -> np.ndarray:
    """Return all parameters as one vector."""
    return np.concatenate([p.asnumpy().ravel() for p in params])


def _lookup(table: ms.Tensor, rows: ms.Tensor) -> ms.Tensor:
    return LOOKUP(table, rows, 0)
