"""What a training run leaves behind, whichever framework it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from crosswalk.parity.model import Arguments


@dataclass
class Run:
    """Parameters before the first and after each step, losses, and rates."""

    points: list[np.ndarray] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    rates: list[list[float]] = field(default_factory=list)

    def add(self, point: np.ndarray, loss: float | None = None) -> None:
        """Note the parameters, and the loss from before the step."""
        self.points.append(point.copy())
        if loss is not None:
            self.losses.append(loss)

    @property
    def trajectory(self) -> np.ndarray:
        """Return all points, and the rates that led to them, as float64."""
        points = np.array(self.points, np.float64)
        if not self.rates:
            return points
        rates = np.array(self.rates, np.float64)
        return np.hstack([points[1:], rates])


def in_groups(params: Sequence, groups: Sequence[Arguments]) -> list:
    """Return ``params``, or dicts: one parameter to a group, the rest to the last."""
    if not groups:
        return list(params)
    last = len(groups) - 1
    cuts = [params[n : n + 1] if n < last else params[n:] for n in range(len(groups))]
    return [
        {"params": list(cut), **group} for cut, group in zip(cuts, groups, strict=True)
    ]
