"""Assertions for checks; each records its measured values.

`collect` gathers the records of one check.
A record is a plain dict with ``kind``, ``name`` and the numbers behind the verdict.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

_records: ContextVar[list[dict[str, Any]]] = ContextVar("records")

ADDRESS = re.compile(r"0x[0-9a-fA-F]{4,}")
# Characters that are invisible or change the order of others.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
SHOWN = 200


@contextmanager
def collect() -> Iterator[list[dict[str, Any]]]:
    """Yield a list that gathers the records of all assertions in the block."""
    records: list[dict[str, Any]] = []
    token = _records.set(records)
    try:
        yield records
    finally:
        _records.reset(token)


def normalise(text: str) -> str:
    """Replace memory addresses, which differ from run to run."""
    return ADDRESS.sub("0x…", text)


def visible(text: str) -> str:
    """Escape invisible characters and those that reorder text, so no text deceives."""
    return INVISIBLE.sub(lambda found: ascii(found[0])[1:-1], text)


def close(
    expected: object,
    actual: object,
    *,
    tolerance: float = 1e-6,
    name: str = "deviation",
) -> float:
    """Assert that two values agree, and return their deviation.

    The values are floats, arrays or tensors of equal shapes, or lists of such.
    The deviation is max|actual - expected| / max|expected| over all elements
    (only the numerator if ``expected`` is all zero), without a unit.
    Raises AssertionError if it exceeds ``tolerance`` or is not a number.
    """
    deviation = _deviation(expected, actual)
    _record("close", name, deviation=deviation, tolerance=tolerance)
    if not deviation <= tolerance:
        message = f"{name}: expected a deviation of at most {tolerance:g}"
        _fail(message, f"{deviation:.6g}", expected, actual)
    return deviation


def apart(
    expected: object, actual: object, *, at_least: float, name: str = "deviation"
) -> float:
    """Assert that two values differ, and return their deviation (see `close`).

    Raises AssertionError if the deviation is below ``at_least``.
    """
    deviation = _deviation(expected, actual)
    _record("apart", name, deviation=deviation, at_least=at_least)
    if not deviation >= at_least:
        message = f"{name}: expected a deviation of at least {at_least:g}"
        _fail(message, f"{deviation:.6g}", expected, actual)
    return deviation


def equal(expected: object, actual: object, *, name: str = "value") -> object:
    """Assert that two plain values are equal, and return the actual one."""
    shown = {"expected": _plain(expected), "actual": _plain(actual)}
    _record("equal", name, **shown)
    if type(expected) is not type(actual) or expected != actual:
        message = f"{name}: expected {expected!r}, got {actual!r}"
        raise AssertionError(message)
    return actual


def raises(
    exception: type[BaseException],
    call: Callable[[], object],
    *,
    match: str,
    name: str = "error",
) -> BaseException:
    """Assert that ``call()`` raises ``exception`` with a message matching ``match``.

    Returns the exception.
    Raises AssertionError if ``call()`` raises no exception or a different one.
    """
    try:
        result = call()
    except BaseException as error:
        text = normalise(str(error))
        first = next((line for line in text.splitlines() if line.strip()), "")
        kind = type(error).__name__
        _record("raises", name, exception=kind, message=first[:SHOWN])
        if not isinstance(error, exception):
            message = f"{name}: expected {exception.__name__}, got {kind}: {first}"
            raise AssertionError(message) from error  # noqa: TRY004 - a verdict
        if not re.search(match, text):
            message = f"{name}: expected a message matching {match!r}, got {text!r}"
            raise AssertionError(message) from error
        return error
    _record("raises", name, exception=None, message="")
    message = f"{name}: expected {exception.__name__}, nothing was raised ({result!r})"
    raise AssertionError(message)


def to_arrays(value: object) -> list[np.ndarray]:
    """Return every array in ``value``, as float64, in order.

    Takes floats, NumPy arrays, tensors of both frameworks, and nested lists,
    tuples and dicts of such.
    Raises TypeError for anything else.
    """
    if isinstance(value, dict):
        return [array for key in sorted(value) for array in to_arrays(value[key])]
    if isinstance(value, list | tuple):
        return [array for item in value for array in to_arrays(item)]
    if hasattr(value, "detach") and hasattr(value, "cpu"):
        value = value.detach().cpu().numpy()
    elif hasattr(value, "asnumpy"):
        value = value.asnumpy()
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        message = f"expected numbers, got {type(value).__name__}: {value!r}"
        raise TypeError(message)
    return [array.astype(np.float64)]


def _deviation(expected: object, actual: object) -> float:
    left, right = to_arrays(expected), to_arrays(actual)
    shapes = [array.shape for array in left], [array.shape for array in right]
    if shapes[0] != shapes[1]:
        message = f"expected shapes {_short(shapes[0])}, got {_short(shapes[1])}"
        raise AssertionError(message)
    if not left or not any(array.size for array in left):
        message = "expected numbers to compare, got none"
        raise AssertionError(message)
    pairs = zip(left, right, strict=True)
    # np.max, unlike max, gives nan where one of the numbers is nan
    difference = np.max([np.max(np.abs(a - b), initial=0.0) for a, b in pairs])
    scale = np.max([np.max(np.abs(array), initial=0.0) for array in left])
    return float(difference / scale if scale else difference)


def _record(kind: str, name: str, **figures: object) -> None:
    records = _records.get(None)
    if records is not None:
        records.append({"kind": kind, "name": name, **figures})


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return normalise(repr(value))


def _fail(message: str, got: str, expected: object, actual: object) -> None:
    values = f"expected {_short(expected)}\n     got {_short(actual)}"
    message = f"{message}, got {got}\n{values}"
    raise AssertionError(message)


def _short(value: object) -> str:
    text = normalise(repr(value))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
