"""Generate the statements with which users try to change a MindSpore hyperparameter.

Import this only in forked processes, because it imports the framework.
"""

from collections.abc import Iterator
from typing import Any

import mindspore as ms

NUMBERS = (int, float)


def gives_memory(code: str) -> bool:
    """Return whether code gives a parameter new memory, which cannot be undone."""
    return ".set_data(" in code


def assignments(
    optimizer: Any, names: tuple[str, ...], group: int, value: object
) -> Iterator[str]:
    """Yield code that gives hyperparameter ``names`` of ``optimizer`` a new value.

    ``names`` are MindSpore's arguments; several of them receive the items of ``value``.
    Build ``optimizer`` in the same way as the one to change.
    """
    values = value if len(names) > 1 else (value,)
    pairs = list(zip(names, values, strict=True))
    if hasattr(optimizer, "param_groups"):
        yield from _of_groups(optimizer, pairs, group, value)
    elif not group:
        yield from _of_attributes(optimizer, pairs)
    elif isinstance(getattr(optimizer, names[0], ()), tuple):
        yield _of_parameter(f"optimizer.{names[0]}[-1]", value)[0]


def _of_groups(
    optimizer: Any, pairs: list[tuple[str, Any]], group: int, value: object
) -> Iterator[str]:
    found = optimizer.param_groups[group]
    name = pairs[0][0]
    place = "optimizer.param_groups[{}][{!r}]"
    yield "; ".join(f"{place.format(group, n)} = {v!r}" for n, v in pairs)
    if isinstance(found.get(name), ms.Parameter):
        assigned, given_memory = _of_parameter(place.format(group, name), value)
        yield assigned
        # The first group shows whether new memory takes effect.
        if not group:
            yield given_memory
    copy = f"{name}_float"
    if copy in found:
        yield f"{place.format(group, copy)} = {value!r}"


def _of_attributes(optimizer: object, pairs: list[tuple[str, Any]]) -> Iterator[str]:
    yield "; ".join(f"optimizer.{n} = {v!r}" for n, v in pairs)
    kept = [getattr(optimizer, name, None) for name, _ in pairs]
    if all(isinstance(k, ms.Parameter) for k in kept):
        for name, item in pairs:
            yield from _of_parameter(f"optimizer.{name}", item)
        return
    if all(isinstance(v, NUMBERS) and not isinstance(v, bool) for _, v in pairs):
        yield "; ".join(f"optimizer.{n} = Tensor({v!r})" for n, v in pairs)


def _of_parameter(place: str, value: object) -> tuple[str, str]:
    return (
        f"{place}.copy_(Tensor({value!r}))",
        f"{place}.set_data(Tensor({value!r}))",
    )
