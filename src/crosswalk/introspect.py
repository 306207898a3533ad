"""Read the members of a package and the true signatures of its functions.

`mindspore.nn` hides the signatures of most of its optimizers.
The decorator ``opt_init_args_register`` wraps their ``__init__``, keeps the real
function in its closure and does not set ``__wrapped__``.
Some optimizers also have ``deprecated`` around it, which sets ``__wrapped__`` to
that decorated function.
So `inspect.signature` returns ``(*args, **kwargs)`` for them, and editors show it.
`signature` follows ``__wrapped__`` or the closure inwards until it finds names.
It reads the code that runs, and needs neither its source nor its docstring.
"""

import importlib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from crosswalk.expect import normalise

USUAL = "positional_or_keyword"
STARS = {"var_positional": "*", "var_keyword": "**"}
VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@dataclass(frozen=True)
class Argument:
    """An argument that users can pass; ``default`` is None if it is required.

    ``default`` is the text of the default, such as ``"None"``.
    ``kind`` is the kind in `inspect`, such as ``keyword_only``.
    """

    name: str
    default: str | None = None
    kind: str = USUAL

    def __str__(self) -> str:
        """Return the argument as written in a signature."""
        name = f"{STARS.get(self.kind, '')}{self.name}"
        return name if self.default is None else f"{name}={self.default}"


def subclasses(package: ModuleType, base: type) -> dict[str, type]:
    """Return the public classes of ``package`` that derive from ``base``, by name.

    Omits ``base`` itself and names that begin with an underscore.
    Raises LookupError if there are none, because a loop over nothing would pass.
    """
    found = {
        name: value
        for name, value in sorted(vars(package).items())
        if inspect.isclass(value)
        and issubclass(value, base)
        and value is not base
        and not name.startswith("_")
    }
    if not found:
        message = f"{package.__name__} has no public subclass of {base.__name__}"
        raise LookupError(message)
    return found


def resolve(name: str) -> Any:
    """Return the object with the dotted ``name`` in the installed library.

    Raises LookupError if no object has the name, and ImportError if the library itself
    is missing, which is no evidence about the name.
    """
    path, *rest = name.split(".")
    found: Any = importlib.import_module(path)
    for part in rest:
        path = f"{path}.{part}"
        if not hasattr(found, part):
            try:
                importlib.import_module(path)
            except ModuleNotFoundError as error:
                if not path.startswith(error.name or "?"):
                    raise
            if not hasattr(found, part):
                message = f"no {name!r}: there is no {path!r}"
                raise LookupError(message)
        found = getattr(found, part)
    return found


def signature(target: str | Callable[..., Any]) -> tuple[Argument, ...]:
    """Return the true arguments of a class or function, without a class's ``self``.

    ``target`` is the object itself or its dotted name.
    Raises TypeError or ValueError if Python knows no signature, as for built-ins.
    """
    found = resolve(target) if isinstance(target, str) else target
    return tuple(
        Argument(
            parameter.name,
            None
            if parameter.default is parameter.empty
            else normalise(repr(parameter.default)),
            parameter.kind.name.lower(),
        )
        for parameter in parameters(found)
    )


def parameters(target: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return the true parameters of a class or function; see `signature`."""
    is_class = inspect.isclass(target)
    function = _constructor(target) if is_class else target
    if is_class and not inspect.isfunction(function):
        return list(_of(target))  # in C: Python parses its text, or raises
    while _is_opaque(function) and (inner := _inner(function)):
        function = inner
    found = list(_of(function))
    return found[1:] if is_class else found


def _constructor(target: type) -> Callable[..., Any]:
    """Return the function that takes a class's arguments, such as ``tuple.__new__``."""
    is_new = target.__init__ is object.__init__ or issubclass(target, tuple)
    return target.__new__ if is_new else target.__init__


def _of(function: Callable[..., Any]) -> Iterable[inspect.Parameter]:
    return inspect.signature(function, follow_wrapped=False).parameters.values()


def _is_opaque(function: Callable[..., Any]) -> bool:
    found = list(_of(function))
    named = [p.name for p in found if p.kind not in VARIADIC]
    return len(named) < len(found) and set(named) <= {"self"}


def _inner(function: Callable[..., Any]) -> Callable[..., Any] | None:
    cells = getattr(function, "__closure__", None) or ()
    enclosed = (cell.cell_contents for cell in cells)
    wrapped = getattr(function, "__wrapped__", None)
    return wrapped or next((c for c in enclosed if inspect.isfunction(c)), None)
