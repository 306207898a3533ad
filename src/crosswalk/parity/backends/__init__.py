"""The common parts of both frameworks' restartable runs.

Each module has a class ``Run``, built from a `Problem` and a function that creates
the optimizer.
A run takes steps, reports points, losses and learning rates, saves its state in
files, and executes code that changes its optimizer.
A schedule is attached to the same run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from crosswalk.introspect import resolve
from crosswalk.parity.model import Arguments, Part


@dataclass
class Trace:
    """Parameters before the first and after each step, losses, and learning rates."""

    points: list[np.ndarray] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    rates: list[list[float]] = field(default_factory=list)

    def add(self, point: np.ndarray, loss: float | None = None) -> None:
        """Record the parameters, and the loss from before the step."""
        self.points.append(point.copy())
        if loss is not None:
            self.losses.append(loss)

    def last(self, steps: int) -> np.ndarray:
        """Return the parameters after each of the last ``steps``, as float64."""
        return np.array(self.points[len(self.points) - steps :], np.float64)

    @property
    def trajectory(self) -> np.ndarray:
        """Return all points, and the learning rates that led to them, as float64."""
        points = np.array(self.points, np.float64)
        if not self.rates:
            return points
        rates = np.array(self.rates, np.float64)
        return np.hstack([points[1:], rates])


def in_groups(params: Sequence, groups: Sequence[Arguments]) -> list:
    """Return ``params``, or one dict per group; the last has all other parameters."""
    if not groups:
        return list(params)
    last = len(groups) - 1
    cuts = [params[n : n + 1] if n < last else params[n:] for n in range(len(groups))]
    return [
        {"params": list(cut), **group} for cut, group in zip(cuts, groups, strict=True)
    ]


def rates_of(optimizer: Any) -> list[dict[str, float]]:
    """Return the learning rates with which a new optimizer continues this one."""
    return [
        {name: float(group[name]) for name in ("lr", "initial_lr")}
        for group in optimizer.param_groups
    ]


def scheduler(
    make: Any, namespace: str, optimizer: object, arguments: Mapping[str, Any]
) -> Any:
    """Build a scheduler for ``optimizer``, after each `Part` in its arguments."""

    def built(value: object) -> object:
        if isinstance(value, list):
            return [built(item) for item in value]
        if isinstance(value, Part):
            part = resolve(f"{namespace}.{value.name}")
            return part(optimizer, **value.arguments)
        return value

    return make(optimizer, **{name: built(value) for name, value in arguments.items()})
