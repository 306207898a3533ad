"""A training run of PyTorch that can be stopped, saved, loaded and changed.

Import this only in forked processes, because it imports the framework.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from crosswalk.parity.backends import Trace, in_groups, rates_of, scheduler
from crosswalk.parity.measurement import Saved
from crosswalk.parity.model import Arguments
from crosswalk.parity.problem import Problem

SCHEDULERS = "torch.optim.lr_scheduler"
SINGLE, DOUBLE = torch.float32, torch.float64


class Run:
    """Parameters and their optimizer, with the number of steps taken."""

    def __init__(
        self,
        problem: Problem,
        make: Callable[[list], Any],
        groups: Sequence[Arguments] = (),
        dtype: torch.dtype = SINGLE,
    ) -> None:
        """Build the run; ``make`` receives the parameters, in ``groups`` if given.

        Raises the optimizer's exceptions.
        """
        self.problem, self.make, self.groups, self.dtype = problem, make, groups, dtype
        self.parameters = [
            torch.nn.Parameter(torch.tensor(value, dtype=dtype))
            for value in problem.start
        ]
        self.optimizer = make(in_groups(self.parameters, groups))
        self.scheduler: Any = None
        self.done = 0
        self.trace = Trace()
        self.trace.add(self.point())

    def point(self) -> np.ndarray:
        """Return all parameters as one vector."""
        return np.concatenate([p.detach().numpy().ravel() for p in self.parameters])

    def advance(self, steps: int) -> np.ndarray:
        """Take ``steps`` steps and return the parameters after each."""
        for _ in range(steps):
            values = self.problem.data[self.done % len(self.problem.data)]
            if self.scheduler is not None:
                groups = self.optimizer.param_groups
                self.trace.rates.append([float(group["lr"]) for group in groups])
            loss = self._backward([_tensor(value, self.dtype) for value in values])
            self.optimizer.step()
            self.done += 1
            self.trace.add(self.point(), loss.item())
        return self.trace.last(steps)

    def execute(self, code: str) -> None:
        """Run statements on ``optimizer``; raises their exceptions."""
        exec(code, {"optimizer": self.optimizer})  # noqa: S102 - code of the probes

    def attach(self, make: Callable[..., Any], arguments: Mapping[str, Any]) -> None:
        """Build a schedule for the optimizer; raises its exceptions."""
        self._schedule = make, arguments
        self.scheduler = scheduler(make, SCHEDULERS, self.optimizer, arguments)

    def reload(self) -> None:
        """Continue with a new optimizer and schedule that load the state of these."""
        states = self.optimizer.state_dict(), self.scheduler.state_dict()
        self.optimizer = self.make(in_groups(self.parameters, self.groups))
        self.attach(*self._schedule)
        self.optimizer.load_state_dict(states[0])
        self.scheduler.load_state_dict(states[1])

    def restart(self, last_epoch: int) -> None:
        """Continue with a new optimizer (same learning rates) and a new schedule."""
        groups = rates_of(self.optimizer)
        self.optimizer = self.make(in_groups(self.parameters, groups))
        make, arguments = self._schedule
        self.attach(make, {**arguments, "last_epoch": last_epoch})

    def save(self, folder: Path, saved: Saved) -> None:
        """Write the weights, and the optimizer unless ``saved`` excludes it."""
        state = {"params": [p.detach() for p in self.parameters]}
        if saved != "weights only":
            state["optimizer"] = self.optimizer.state_dict()
        torch.save(state, folder / f"{saved}.pt")

    def load(self, folder: Path, saved: Saved) -> None:
        """Load a file that `save` wrote."""
        state = torch.load(folder / f"{saved}.pt")
        with torch.no_grad():
            for parameter, value in zip(self.parameters, state["params"], strict=True):
                parameter.copy_(value)
        if "optimizer" in state:
            self.optimizer.load_state_dict(state["optimizer"])

    def _backward(self, data: list) -> torch.Tensor:
        """Set the gradient of each parameter and return the loss.

        If the data are the gradients, returns the sum of the first one as the loss.
        """
        if not self.problem.loss:
            for parameter, gradient in zip(self.parameters, data, strict=True):
                parameter.grad = gradient
            return data[0].sum()
        for parameter in self.parameters:
            parameter.grad = None
        loss = self.problem.loss(self.parameters, _lookup, *data)
        loss.backward()
        return loss


def _tensor(value: np.ndarray, dtype: torch.dtype) -> torch.Tensor:
    """Return ``value`` as ``dtype``, or unchanged if it holds row numbers."""
    made = torch.tensor(value)
    return made.to(dtype) if made.is_floating_point() else made


def _lookup(table: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """Return the ``rows`` of ``table``, with a sparse gradient."""
    return torch.nn.functional.embedding(rows, table, sparse=True)
