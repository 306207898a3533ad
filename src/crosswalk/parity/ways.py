"""The ways in which users try to change a hyperparameter; forked processes only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import mindspore as ms

NUMBERS = (int, float)


@dataclass(frozen=True)
class Way:
    """Python statements that change ``optimizer``."""

    code: str

    @property
    def cuts(self) -> bool:
        """Say whether a parameter gets new memory, which cannot be undone."""
        return ".set_data(" in self.code

    def apply(self, optimizer: object) -> None:
        """Run the statements; raises what they raise."""
        names = {"optimizer": optimizer, "ops": ms.ops, "Tensor": _float32}
        exec(self.code, names)  # noqa: S102 - code of this module


def ways(
    optimizer: Any,
    names: tuple[str, ...],
    group: int,
    value: object,
) -> Iterator[Way]:
    """Yield the ways to give hyperparameter ``names`` of ``optimizer`` a new value.

    ``names`` are MindSpore's arguments; several take the tuple ``value`` apart.
    ``optimizer`` must have been built as the one that will be changed.
    """
    if hasattr(optimizer, "param_groups"):
        yield from _of_groups(optimizer, names, group, value)
    elif group:
        rates = getattr(optimizer, names[0], ())
        if isinstance(rates, tuple):
            yield _of_parameter(f"optimizer.{names[0]}[-1]", value)[0]
    else:
        yield from _of_attributes(optimizer, names, value)


def _of_groups(
    optimizer: Any,
    names: tuple[str, ...],
    group: int,
    value: object,
) -> Iterator[Way]:
    found = optimizer.param_groups[group]
    place = "optimizer.param_groups[{}][{!r}]"
    values = value if len(names) > 1 else (value,)
    pairs = list(zip(names, values, strict=True))
    plain = "; ".join(f"{place.format(group, n)} = {v!r}" for n, v in pairs)
    yield Way(plain)
    if isinstance(found.get(names[0]), ms.Parameter):
        assigned, given_memory = _of_parameter(place.format(group, names[0]), value)
        yield assigned
        # What new memory does shows with the first group.
        if not group:
            yield given_memory
    copy = f"{names[0]}_float"
    if copy in found:
        code = f"{place.format(group, copy)} = {value!r}"
        yield Way(code)


def _of_attributes(
    optimizer: object, names: tuple[str, ...], value: object
) -> Iterator[Way]:
    values = value if len(names) > 1 else (value,)
    pairs = list(zip(names, values, strict=True))
    plain = "; ".join(f"optimizer.{n} = {v!r}" for n, v in pairs)
    yield Way(plain)
    kept = [getattr(optimizer, name, None) for name in names]
    if all(isinstance(k, ms.Parameter) for k in kept):
        for name, item in pairs:
            yield from _of_parameter(f"optimizer.{name}", item)
        return
    if all(isinstance(v, NUMBERS) and not isinstance(v, bool) for v in values):
        made = "; ".join(f"optimizer.{n} = Tensor({v!r})" for n, v in pairs)
        yield Way(made)


def _of_parameter(place: str, value: object) -> tuple[Way, Way]:
    return (
        Way(f"ops.assign({place}, Tensor({value!r}))"),
        Way(f"{place}.set_data(Tensor({value!r}))"),
    )


def _float32(value: float) -> ms.Tensor:
    return ms.Tensor(value, ms.float32)
