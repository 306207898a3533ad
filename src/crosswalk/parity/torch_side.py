"""Train with PyTorch; runs inside the forked process only."""

import importlib
from typing import Any

import numpy as np
import torch

from crosswalk.parity.model import Arguments, Setting, Subject
from crosswalk.parity.problem import Problem
from crosswalk.parity.record import Run, in_groups


def resolve(name: str) -> Any:
    """Return the object with the dotted ``name``."""
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def train(
    subject: Subject,
    setting: Setting,
    problem: Problem,
    arguments: Arguments,
    dtype: torch.dtype = torch.float32,
) -> Run:
    """Train for as many steps as the problem has data.

    Raises what the optimizer raises.
    """
    params = [torch.nn.Parameter(torch.tensor(v, dtype=dtype)) for v in problem.start]
    make = subject.make or resolve(subject.torch)
    optimizer = make(in_groups(params, setting.groups), **arguments)
    run = Run()
    run.add(params_of(params))
    for values in problem.data:
        data = [tensor(value, dtype) for value in values]
        loss = backward(problem, params, data)
        optimizer.step()
        run.add(params_of(params), loss.item())
    return run


def backward(problem: Problem, params: list, data: list) -> torch.Tensor:
    """Give each parameter its gradient and return the loss.

    Where the data are the gradients, the sum of the first stands for the loss.
    """
    if not problem.loss:
        for param, gradient in zip(params, data, strict=True):
            param.grad = gradient
        return data[0].sum()
    for param in params:
        param.grad = None
    loss = problem.loss(params, lookup, *data)
    loss.backward()
    return loss


def params_of(params: list[torch.Tensor]) -> np.ndarray:
    """Return all parameters as one vector."""
    return np.concatenate([p.detach().numpy().ravel() for p in params])


def tensor(value: np.ndarray, dtype: torch.dtype) -> torch.Tensor:
    """Return ``value``, as ``dtype`` unless it holds row numbers."""
    made = torch.tensor(value)
    return made.to(dtype) if made.is_floating_point() else made


def lookup(table: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """Return the ``rows`` of ``table``, with a sparse gradient."""
    return torch.nn.functional.embedding(rows, table, sparse=True)
