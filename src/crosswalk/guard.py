"""Notice when a program replaces what checks assert with.

Checks run in the process of the programs whose variables they receive.
A program that patches an assertion, NumPy or a builtin would change every verdict
after it, by accident or not.
"""

import builtins
import re
import sys
from inspect import getattr_static
from types import FunctionType
from typing import Any

import numpy as np

from crosswalk import expect, introspect

MODULES = (builtins, re, np, np.testing, expect, introspect)
# Through these, assertions read a tensor.
METHODS = (
    ("torch", "Tensor", ("__array__", "cpu", "detach", "numpy")),
    ("mindspore", "Tensor", ("__array__", "asnumpy")),
    ("mindspore", "Parameter", ("__array__", "asnumpy")),
)
GONE = object()


class Guard:
    """What assertions were made of when this was created."""

    def __init__(self) -> None:
        """Note the modules that checks assert with, and what is in them."""
        self.noted = _parts()

    def replaced(self) -> str:
        """Return what is no longer as it was, in words; "" if all is."""
        now = _parts()
        names = [n for n, part in self.noted.items() if now.get(n, GONE) != part]
        if not names:
            return ""
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        return (
            f"it replaced {names[0]}{more}, with which checks assert: patch a copy, "
            "or put it back before the end"
        )


def stop_tracing() -> None:
    """End the tracing of a program, which could change what a check computes."""
    sys.settrace(None)
    sys.setprofile(None)


def _parts() -> dict[str, tuple[Any, ...]]:
    """Return what makes up each part of each module, by its full name."""
    found: dict[str, tuple[Any, ...]] = {}
    for module in MODULES:
        name = module.__name__
        found[name] = (id(sys.modules.get(name)),)
        for key, value in vars(module).copy().items():
            found[f"{name}.{key}"] = _identity(value)
    for package, kind, methods in METHODS:
        class_ = getattr(sys.modules.get(package), kind, None)
        for method in methods:
            value = getattr_static(class_, method, None)
            found[f"{package}.{kind}.{method}"] = _identity(value)
    return found


def _identity(value: object) -> tuple[Any, ...]:
    """Return what tells an object from another one, and a function from a patched."""
    if not isinstance(value, FunctionType):
        return (id(value),)
    defaults = value.__defaults__, tuple(sorted((value.__kwdefaults__ or {}).items()))
    return (id(value), id(value.__code__), *map(repr, defaults))
