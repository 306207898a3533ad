"""Detect a program that replaces the code with which checks assert.

Checks run in the process of the programs whose variables they receive.
A program that patches an assertion, NumPy or a builtin, even by accident, would
change every later verdict.
"""

import builtins
import contextlib
import dataclasses
import functools
import importlib.util
import json
import operator
import re
import signal
import sys
from collections.abc import Iterator
from inspect import getattr_static
from types import CellType, FunctionType, ModuleType
from typing import Any

import numpy as np

# Modules that assertions and reports use, in addition to our own.
MODULES = (
    builtins,
    contextlib,
    dataclasses,
    importlib.util,
    json,
    json.encoder,
    re,
    np,
    np.testing,
    np.testing._private.utils,  # noqa: SLF001 - where its functions look things up
    np.core.fromnumeric,
    np.core._methods,  # noqa: SLF001 - the same
)
# Through these, assertions read a tensor.
METHODS = (
    ("torch", "Tensor", ("__array__", "cpu", "detach", "numpy")),
    ("mindspore", "Tensor", ("__array__", "asnumpy")),
    ("mindspore", "Parameter", ("__array__", "asnumpy")),
)
OURS = "crosswalk"
# From CPython's object.h: a class that may be changed.
HEAP = 1 << 9
# NumPy's functions are dispatchers in C around one in Python.
DISPATCHER = type(np.max)
# Counters and caches, which change no behavior.
MOVING = {"builtins._", "re._cache", "re._cache2"}
TIMERS = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)

Parts = tuple[Any, ...]


class Guard:
    """Snapshot of the code that assertions use.

    It holds references to all objects, because a new object could otherwise get the
    address of a freed one.
    """

    def __init__(self) -> None:
        """Record the contents of the modules that assertions use."""
        ours = {n: m for n, m in sys.modules.items() if n.partition(".")[0] == OURS}
        # The modules as imported; a program may replace an entry of sys.modules.
        self.modules = {**{m.__name__: m for m in MODULES}, **ours}
        self.noted = dict(_parts(self.modules))

    def replaced(self) -> str:
        """Return a description of the replaced parts; "" if there are none."""
        now = dict(_parts(self.modules))
        names = [n for n, parts in self.noted.items() if not _same(now.get(n), parts)]
        if not names:
            return ""
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        return (
            f"it replaced {names[0]}{more}, with which checks assert: patch a copy, "
            "or put it back before the end"
        )


@functools.cache
def baseline() -> Guard:
    """Return the snapshot, taken by the first call, before any example runs."""
    return Guard()


def quiesce() -> None:
    """Stop timers and tracing that a program left and that would disturb its checks."""
    sys.settrace(None)
    sys.setprofile(None)
    for timer in TIMERS:
        signal.setitimer(timer, 0)
    re.purge()


def _parts(modules: dict[str, ModuleType]) -> Iterator[tuple[str, Parts]]:
    """Yield the full name and the objects of each part of each module."""
    for name, module in modules.items():
        yield f"sys.modules[{name!r}]", (sys.modules.get(name),)
        for key, value in vars(module).copy().items():
            full = f"{name}.{key}"
            if full not in MOVING:
                yield full, _inside(value)
            # Python looks up its methods at every call.
            if isinstance(value, type) and value.__flags__ & HEAP:
                methods = vars(value).copy() if value.__module__ == name else {}
                for inner, method in methods.items():
                    yield f"{full}.{inner}", _inside(method)
    for package, kind, methods in METHODS:
        class_ = getattr(sys.modules.get(package), kind, None)
        for method in methods:
            value = getattr_static(class_, method, None)
            yield f"{package}.{kind}.{method}", _inside(value)


def _inside(value: object) -> Parts:
    """Return an object and, for a function, every replaceable object inside it."""
    function = value
    if isinstance(value, DISPATCHER):
        function = value._implementation  # noqa: SLF001 - the one in Python
    elif isinstance(value, property):
        function = value.fget
    elif isinstance(value, classmethod | staticmethod):
        function = value.__func__
    if not isinstance(function, FunctionType):
        return (value,)
    inner = tuple(map(_contents, function.__closure__ or ()))
    return (
        value,
        function,
        function.__code__,
        *(function.__defaults__ or ()),
        *(function.__kwdefaults__ or {}).values(),
        *inner,
        *(one.__code__ for one in inner if isinstance(one, FunctionType)),
    )


def _contents(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # it is empty
        return None


def _same(now: Parts | None, noted: Parts) -> bool:
    if now is None or len(now) != len(noted):
        return False
    return all(map(operator.is_, now, noted))
