"""What a MindSpore optimizer holds, in its file or not; forked processes only."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import mindspore as ms
import numpy as np

from crosswalk.parity.arguments import BUILT
from crosswalk.parity.continuing import Entry, Kind

Values = dict[str, np.ndarray]


def in_file(optimizer: Any) -> dict[str, ms.Parameter]:
    """Return the parameters that `save_checkpoint` writes, by name."""
    return {p.name: p for p in optimizer.get_parameters()}


def everywhere(optimizer: Any) -> dict[str, ms.Parameter]:
    """Return those, and the ones in lists and dicts, which no file has."""
    found = in_file(optimizer)
    for name, value in vars(optimizer).items():
        if not name.startswith("_"):
            for parameter in _within(value):
                found.setdefault(parameter.name, parameter)
    return found


def values(parameters: Mapping[str, ms.Parameter]) -> Values:
    """Return copies of the values."""
    return {name: p.asnumpy().copy() for name, p in parameters.items()}


def assign(parameters: Mapping[str, ms.Parameter], given: Values) -> None:
    """Give each parameter its value, in the memory that it has."""
    for name, parameter in parameters.items():
        ms.ops.assign(parameter, ms.Tensor(given[name]))


def entries(
    names: Iterable[str], weights: Iterable[str], before: Values, after: Values
) -> tuple[Entry, ...]:
    """Describe values by what they were before and after training."""
    return tuple(
        Entry(name, after[name].shape, _kind(name, set(weights), before, after))
        for name in names
    )


def absent(signature: Iterable, saved: Iterable[Entry]) -> tuple[str, ...]:
    """Return the arguments of a class that no value of its file tells."""
    told = [e.name for e in saved if e.kind in {"rate", "hyperparameter"}]
    return tuple(
        argument.name
        for argument in signature
        if argument.name not in BUILT
        and not argument.kind.startswith("var_")
        and not any(
            t.startswith("learning_rate" if argument.name == "lr" else argument.name)
            for t in told
        )
    )


def _within(value: object, depth: int = 3) -> Iterator[ms.Parameter]:
    if isinstance(value, ms.Parameter):
        yield value
    elif depth and isinstance(value, list | tuple | dict):
        items = value.values() if isinstance(value, dict) else value
        for item in items:
            yield from _within(item, depth - 1)


def _kind(name: str, weights: set[str], before: Values, after: Values) -> Kind:
    if name in weights:
        return "weight"
    of = next((weight for weight in weights if name.endswith(weight)), None)
    if of:
        return "state" if after[name].shape == after[of].shape else "step count"
    if not np.array_equal(before[name], after[name]):
        return "step count"
    return "rate" if name.startswith("learning_rate") else "hyperparameter"
