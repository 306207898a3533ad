"""A training run of MindSpore that can be stopped, saved, loaded and changed.

Import this only in forked processes, because it imports the framework.
Use a run only inside `mode_set`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mindspore as ms
import numpy as np

from crosswalk.parity.backends import Trace, in_groups, rates_of, scheduler
from crosswalk.parity.backends.mindspore_step import training_step
from crosswalk.parity.measurement import Mode, Saved
from crosswalk.parity.model import Arguments
from crosswalk.parity.problem import Problem

SCHEDULERS = "mindspore.experimental.optim.lr_scheduler"
# Stands for an attribute that an optimizer does not have.
ABSENT = object()
Values = dict[str, np.ndarray]


@contextmanager
def mode_set(mode: Mode) -> Iterator[None]:
    """Set Graph or PyNative mode inside the block."""
    is_graph = mode == "graph"
    ms.set_context(mode=ms.GRAPH_MODE if is_graph else ms.PYNATIVE_MODE)
    try:
        yield
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)


@dataclass(frozen=True)
class State:
    """State that `Run.restore` restores, which is faster than compiling again."""

    optimizer: Any
    step: Callable[..., ms.Tensor]
    done: int
    kept: dict[str, ms.Parameter]
    values: Values
    groups: list[dict[str, Any]]
    attributes: dict[str, Any]


class Run:
    """Parameters and their optimizer, with the number of steps taken."""

    def __init__(
        self,
        problem: Problem,
        make: Callable[[list], Any],
        groups: Sequence[Arguments] = (),
        mode: Mode = "pynative",
        schedules: Sequence[Any] = (),
    ) -> None:
        """Build the run; ``make`` receives the parameters, in ``groups`` if given.

        ``schedules``, one for each parameter, replace its learning rate.
        Raises the optimizer's exceptions.
        """
        self.problem, self.make, self.mode = problem, make, mode
        self.schedules = schedules
        self.parameters = [
            ms.Parameter(ms.Tensor(value), name=name)
            for name, value in zip(problem.names, problem.start, strict=True)
        ]
        groups = [{"lr": schedule} for schedule in schedules] or groups
        self.optimizer = make(in_groups(self.parameters, groups))
        self.scheduler: Any = None
        self.done = 0
        self._begin()
        self.compile()

    def _begin(self) -> None:
        self.trace = Trace()
        self.trace.add(self.point())

    def compile(self) -> None:
        """Build the step function again, for the current problem and optimizer."""
        self.step = training_step(
            self.optimizer, self.parameters, self.problem, self.mode
        )

    def point(self) -> np.ndarray:
        """Return all parameters as one vector."""
        return np.concatenate([p.asnumpy().ravel() for p in self.parameters])

    def advance(self, steps: int) -> np.ndarray:
        """Take ``steps`` steps and return the parameters after each."""
        for _ in range(steps):
            values = self.problem.data[self.done % len(self.problem.data)]
            if self.schedules or self.scheduler is not None:
                self.trace.rates.append(self._rates())
            loss = self.step(*(ms.Tensor(value) for value in values))
            self.done += 1
            self.trace.add(self.point(), float(loss.asnumpy()))
        return self.trace.last(steps)

    def execute(self, code: str) -> None:
        """Run statements on ``optimizer``; raises their exceptions."""
        names = {"optimizer": self.optimizer, "Tensor": _float32}
        exec(code, names)  # noqa: S102 - code of the probes

    def attach(self, make: Callable[..., Any], arguments: Mapping[str, Any]) -> None:
        """Build a schedule for the optimizer; raises its exceptions."""
        self._schedule = make, arguments
        self.scheduler = scheduler(make, SCHEDULERS, self.optimizer, arguments)

    def reload(self) -> None:
        """Load the schedule's own state into it."""
        self.scheduler.load_state_dict(self.scheduler.state_dict())

    def restart(self, last_epoch: int) -> None:
        """Continue with a new optimizer (same learning rates) and a new schedule."""
        groups = rates_of(self.optimizer)
        self.optimizer = self.make(in_groups(self.parameters, groups))
        make, arguments = self._schedule
        self.attach(make, {**arguments, "last_epoch": last_epoch})
        self.compile()

    def state(self, attributes: Sequence[str] = ()) -> State:
        """Return the state for `restore`: values, groups and the named attributes."""
        kept = self.all_parameters()
        return State(
            self.optimizer,
            self.step,
            self.done,
            kept,
            values(kept),
            [dict(group) for group in getattr(self.optimizer, "param_groups", ())],
            {name: getattr(self.optimizer, name, ABSENT) for name in attributes},
        )

    def restore(self, state: State) -> None:
        """Restore a `State`; start a new trace, without a schedule."""
        self.optimizer, self.step = state.optimizer, state.step
        self.done, self.scheduler = state.done, None
        if state.groups:
            groups = zip(self.optimizer.param_groups, state.groups, strict=True)
            for group, start in groups:
                group.clear()
                group.update(start)
        else:
            _set_attributes(self.optimizer, state.attributes)
        _assign(state.kept, state.values)
        self._begin()

    def saved_parameters(self) -> dict[str, ms.Parameter]:
        """Return the parameters that `save_checkpoint` writes, by name."""
        return {p.name: p for p in self.optimizer.get_parameters()}

    def all_parameters(self) -> dict[str, ms.Parameter]:
        """Return all parameters, including unsaved ones in lists and dicts."""
        found = self.saved_parameters()
        for name, value in vars(self.optimizer).items():
            if not name.startswith("_"):
                for parameter in _within(value):
                    found.setdefault(parameter.name, parameter)
        return found

    def save(self, folder: Path, saved: Saved) -> None:
        """Write the weights, the optimizer, or all its parameters."""
        chosen = {"weights only": self._weights, "everything": self.all_parameters}
        path = str(folder / f"{saved}.ckpt")
        if saved not in chosen:
            ms.save_checkpoint(self.optimizer, path)
            return
        parameters = chosen[saved]().items()
        listed = [{"name": name, "data": value} for name, value in parameters]
        ms.save_checkpoint(listed, path)

    def load(self, folder: Path, saved: Saved) -> None:
        """Load a file that `save` wrote."""
        state = ms.load_checkpoint(str(folder / f"{saved}.ckpt"))
        if saved == "weights only":
            for parameter in self.parameters:
                parameter.set_data(state[parameter.name])
        elif saved == "everything":
            kept = self.all_parameters()
            _assign(kept, {name: state[name].asnumpy() for name in kept})
        else:
            ms.load_param_into_net(self.optimizer, state)

    def _weights(self) -> dict[str, ms.Parameter]:
        return {p.name: p for p in self.parameters}

    def _rates(self) -> list[float]:
        """Return the learning rate of each group for the next step."""
        if self.schedules:
            return [_rate(schedule, self.done) for schedule in self.schedules]
        return [float(group["lr"]) for group in self.optimizer.param_groups]


def values(parameters: Mapping[str, ms.Parameter]) -> Values:
    """Return copies of the parameters' values."""
    return {name: p.asnumpy().copy() for name, p in parameters.items()}


def _assign(parameters: Mapping[str, ms.Parameter], given: Values) -> None:
    """Set the value of each parameter, in its present memory."""
    for name, parameter in parameters.items():
        # Not copy_: it fails on the padded memory of FusedAdamW.
        ms.ops.assign(parameter, ms.Tensor(given[name]))


def _set_attributes(optimizer: Any, attributes: Mapping[str, Any]) -> None:
    """Set attributes, and delete those that were `ABSENT`."""
    for name, value in attributes.items():
        if value is ABSENT:
            vars(optimizer).pop(name, None)
        elif getattr(optimizer, name) is not value:
            setattr(optimizer, name, value)


def _within(value: object, depth: int = 3) -> Iterator[ms.Parameter]:
    if isinstance(value, ms.Parameter):
        yield value
    elif depth and isinstance(value, list | tuple | dict):
        items = value.values() if isinstance(value, dict) else value
        for item in items:
            yield from _within(item, depth - 1)


def _rate(schedule: Any, step: int) -> float:
    """Return the learning rate that a schedule returns for the step numbered from 0."""
    if isinstance(schedule, list):
        return float(schedule[step])
    return float(schedule(ms.Tensor(step, ms.int32)))


def _float32(value: float) -> ms.Tensor:
    return ms.Tensor(value, ms.float32)
