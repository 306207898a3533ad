"""Runs that can be stopped and changed; for the forked processes only."""

from collections.abc import Iterator, Mapping
from typing import Any

import mindspore as ms
import numpy as np
import torch

from crosswalk.parity import arguments, mindspore_side, torch_side
from crosswalk.parity.bench import true_signature
from crosswalk.parity.model import Mode, Pair, Setting
from crosswalk.parity.problem import problem
from crosswalk.parity.record import in_groups

# Makes state matter, and gives every change something to change from.
START = {"momentum": 0.9, "weight_decay": 0.01}
# With beta2 near 1 the second moment only grows: its maximum would say nothing.
BESIDE = {"amsgrad": {"betas": (0.9, 0.5)}}


class Sides:
    """How both sides of one pair are built."""

    def __init__(self, pair: Pair) -> None:
        """Read both signatures."""
        subject, counterpart = pair.subject, pair.counterpart
        self.pair = pair
        self.torch_signature = true_signature(subject.make, subject.torch)
        self.our_signature = true_signature(counterpart.make, counterpart.mindspore)
        self.defaults = arguments.defaults(self.torch_signature)
        self.shared = dict(self._shared())

    def _shared(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each hyperparameter of both, with MindSpore's names for it."""
        ours = {argument.name for argument in self.our_signature}
        for argument in self.torch_signature:
            name = argument.name
            if name in (*arguments.BUILT, *arguments.EXECUTION):
                continue
            target = self.pair.counterpart.names.get(name, name)
            names = target if isinstance(target, tuple) else (target,)
            if set(names) <= ours:
                yield name, names

    def value(self, name: str, value: object) -> object:
        """Return MindSpore's value for PyTorch's ``value`` of ``name``."""
        translate = self.pair.counterpart.values.get(name)
        return translate(value) if translate else value

    def setting(self, *flags: str, groups: tuple = ()) -> Setting:
        """Return the setting that all runs start from, with ``flags`` set."""
        start = {name: value for name, value in START.items() if name in self.shared}
        for flag in flags:
            start |= {flag: True, **BESIDE.get(flag, {})}
        return Setting(" ".join(flags), start, groups=groups)

    def torch_arguments(self, setting: Setting) -> dict[str, Any]:
        """Return the arguments of PyTorch's optimizer."""
        return arguments.for_torch(self.pair, setting, self.torch_signature)

    def torch(
        self, setting: Setting, dtype: torch.dtype = torch.float32
    ) -> "TorchTraining":
        """Build PyTorch's side; raises what the optimizer raises."""
        return TorchTraining(self.pair, setting, self.torch_arguments(setting), dtype)

    def mindspore(self, setting: Setting, mode: Mode) -> "MindSporeTraining":
        """Build MindSpore's side; raises what the optimizer raises."""
        given, _ = arguments.for_mindspore(
            self.pair, setting, self.defaults, self.our_signature
        )
        if given is None:
            message = "the counterpart has no arguments for this"
            raise LookupError(message)
        return MindSporeTraining(self.pair, setting, given, mode)


class TorchTraining:
    """A run of PyTorch that can be stopped."""

    def __init__(
        self, pair: Pair, setting: Setting, given: Mapping, dtype: torch.dtype
    ) -> None:
        """Build parameters and optimizer."""
        self.dtype = dtype
        self.problem = problem(pair.subject, setting, "own")
        start = self.problem.start
        self.params = [torch.nn.Parameter(torch.tensor(v, dtype=dtype)) for v in start]
        make = pair.subject.make or torch_side.resolve(pair.subject.torch)
        self.optimizer = make(in_groups(self.params, setting.groups), **given)
        self.done = 0

    def advance(self, steps: int) -> np.ndarray:
        """Take ``steps`` steps and return the parameters after each."""
        points = []
        for _ in range(steps):
            values = self.problem.data[self.done % len(self.problem.data)]
            data = [torch_side.tensor(value, self.dtype) for value in values]
            torch_side.backward(self.problem, self.params, data)
            self.optimizer.step()
            self.done += 1
            points.append(torch_side.params_of(self.params).copy())
        return np.array(points, np.float64)


class MindSporeTraining:
    """A run of MindSpore that can be stopped; its mode must be set around it."""

    def __init__(
        self, pair: Pair, setting: Setting, given: Mapping, mode: Mode
    ) -> None:
        """Build parameters and optimizer."""
        self.mode = mode
        self.problem = problem(pair.subject, setting, "own")
        self.params, self.optimizer = mindspore_side.build(
            pair.counterpart, setting, self.problem, given
        )
        self.done = 0
        self.compile()

    def compile(self) -> None:
        """Make the step function anew."""
        self.step = mindspore_side.training_step(
            self.optimizer, self.params, self.problem, self.mode
        )

    def advance(self, steps: int) -> np.ndarray:
        """Take ``steps`` steps and return the parameters after each."""
        points = []
        for _ in range(steps):
            values = self.problem.data[self.done % len(self.problem.data)]
            self.step(*(ms.Tensor(value) for value in values))
            self.done += 1
            points.append(mindspore_side.params_of(self.params).copy())
        return np.array(points, np.float64)
