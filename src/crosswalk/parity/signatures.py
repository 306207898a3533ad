"""What the installed libraries offer: their names, arguments and accepted types.

`mindspore.nn` hides the signatures of most of its optimizers.
Their ``__init__`` stands behind ``opt_init_args_register``, which keeps the
real function in its closure and does not set ``__wrapped__``; some have
``deprecated`` around it, which sets ``__wrapped__`` to that decorated function.
So `inspect.signature` answers ``(*args, **kwargs)`` for them, as do editors.
`signature` goes inwards through ``__wrapped__`` or the closure until names come,
which asks the code that runs, and needs neither its source nor its docstring.
"""

import importlib
import inspect
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from crosswalk.expect import normalise

# Where names are declared, and the package that users import them from.
NAMESPACES = {
    "torch.optim": "torch.optim",
    "torch.optim.lr_scheduler": "torch.optim.lr_scheduler",
    "mindspore.nn.optim": "mindspore.nn",
    "mindspore.nn.learning_rate_schedule": "mindspore.nn",
    "mindspore.nn.dynamic_lr": "mindspore.nn",
    "mindspore.experimental.optim": "mindspore.experimental.optim",
    "mindspore.experimental.optim.lr_scheduler": (
        "mindspore.experimental.optim.lr_scheduler"
    ),
    "mindspore.mint.optim": "mindspore.mint.optim",
}
ACCEPTED = "accepted"
ABOUT_TYPE = re.compile(r"\b(type|float|int|integer|bool|tuple|list)\b", re.IGNORECASE)
VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@dataclass(frozen=True)
class Argument:
    """An argument that users can give; ``default`` is None if they must.

    ``default`` is the text of the default (``"None"`` where it is None), and
    ``kind`` that of `inspect`, such as ``positional_or_keyword``.
    """

    name: str
    default: str | None
    kind: str


def resolve(name: str) -> Any:
    """Return what the dotted ``name`` stands for in the installed library.

    Raises LookupError if nothing has the name, and ImportError if the library
    itself is missing, which says nothing about the name.
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


def signature(name: str | Callable[..., Any]) -> tuple[Argument, ...]:
    """Return the true arguments of a class or function, without ``self``.

    It is given by its dotted name, or itself.
    """
    target = resolve(name) if isinstance(name, str) else name
    return tuple(
        Argument(
            parameter.name,
            None
            if parameter.default is parameter.empty
            else normalise(repr(parameter.default)),
            parameter.kind.name.lower(),
        )
        for parameter in _parameters(target)
    )


def public_classes(namespace: str) -> tuple[str, ...]:
    """Return the dotted names that users build with, sorted.

    ``namespace`` is a key of `NAMESPACES`, or a package in it: ``mindspore.nn``
    gives its optimizers, schedules and list functions together.
    Public is what the declaring module has in ``__all__`` and is a class, base
    classes such as ``Optimizer`` and wrappers of optimizers included; hence
    neither ``_LRScheduler`` nor imported helpers are, nor ``SWALR``, which has a
    module of its own, nor ``LearningRateSchedule``, which `mindspore.nn` does
    not export.
    Functions count in `mindspore.nn` only: there they give rates as a list, or
    choose a class (``thor``), whereas those of PyTorch are tools.
    """
    modules = [m for m, package in NAMESPACES.items() if namespace in (m, package)]
    if not modules:
        message = f"no namespace {namespace!r}; there are {sorted(NAMESPACES)}"
        raise LookupError(message)
    return tuple(sorted(name for module in modules for name in _exported(module)))


def probe_types(
    name: str,
    arguments: Mapping[str, object],
    use: Callable[[Any], object] = lambda built: built,
) -> dict[str, dict[str, str]]:
    """Try other types of the same value for each argument, and return what came.

    ``arguments`` are valid ones with which ``name`` can be built; parameters and
    a scheduler's optimizer are made here if the caller gives none.
    Tried are the arguments whose value, given or default, is a number, a bool, a
    tuple or a list. Per argument and type there is "accepted" or the first line
    of the refusal.

    A value that another type can hold is the same value, so any error is due to
    its type. No int is equal to 0.9, so 0 and 1 stand for it: then only an error
    that names types counts, and where neither number is valid (``eps=0``) the
    type is left out.

    Accepted means that building accepts it, and ``use(built)`` if given: a few
    types are refused by the first step only (an int as ``eps`` by
    mindspore.experimental's Adagrad), but a step costs MindSpore a compilation.
    Raises what building with ``arguments`` raises.
    """
    target = resolve(name)
    parameters = _parameters(target)
    framework = importlib.import_module(name.partition(".")[0])

    def attempt(**changed: object) -> None:
        made = _made(name, parameters, {*arguments, *changed})
        use(target(**{**made, **arguments, **changed}))

    found: dict[str, dict[str, str]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        attempt()
        for parameter in parameters:
            value = arguments.get(parameter.name, parameter.default)
            tried = {
                kind: _verdict(attempt, parameter.name, values)
                for kind, values in _variants(value, framework).items()
            }
            verdicts = {kind: text for kind, text in tried.items() if text}
            if verdicts:
                found[parameter.name] = verdicts
    return found


def _parameters(target: Callable[..., Any]) -> list[inspect.Parameter]:
    is_class = inspect.isclass(target)
    function = target.__init__ if is_class else target
    while _is_opaque(function) and (inner := _inner(function)):
        function = inner
    found = inspect.signature(function, follow_wrapped=False).parameters.values()
    return list(found)[1:] if is_class else list(found)


def _is_opaque(function: Callable[..., Any]) -> bool:
    found = inspect.signature(function, follow_wrapped=False).parameters.values()
    named = [p.name for p in found if p.kind not in VARIADIC]
    return len(named) < len(found) and set(named) <= {"self"}


def _inner(function: Callable[..., Any]) -> Callable[..., Any] | None:
    cells = getattr(function, "__closure__", None) or ()
    enclosed = (cell.cell_contents for cell in cells)
    wrapped = getattr(function, "__wrapped__", None)
    return wrapped or next((c for c in enclosed if inspect.isfunction(c)), None)


def _exported(module: str) -> Iterable[str]:
    package = NAMESPACES[module]
    for name in resolve(module).__all__:
        member = getattr(resolve(module), name)
        is_builder = inspect.isfunction(member) and package == "mindspore.nn"
        if inspect.isclass(member) or is_builder:
            yield f"{package}.{name}"


def _made(
    name: str, parameters: Iterable[inspect.Parameter], given: set[str]
) -> dict[str, object]:
    """Return the parameters and the optimizer that ``name`` requires."""
    makers = {
        "params": lambda: [_weight(name)],
        "parameters": lambda: [_weight(name)],
        "optimizer": lambda: _optimizer(name),
    }
    return {
        p.name: makers[p.name]()
        for p in parameters
        if p.name in makers and p.name not in given and p.default is p.empty
    }


def _weight(name: str) -> object:
    ones = np.ones((2, 2), np.float32)  # Muon takes matrices only
    if name.startswith("torch."):
        import torch  # noqa: PLC0415 - the core imports no framework

        return torch.nn.Parameter(torch.from_numpy(ones))
    import mindspore  # noqa: PLC0415 - the core imports no framework

    return mindspore.Parameter(mindspore.Tensor(ones), name="weight")


def _optimizer(name: str) -> object:
    package = name.rpartition(".")[0].removesuffix(".lr_scheduler")
    momentum = {} if package == "mindspore.nn" else {"momentum": 0.9}  # for CyclicLR
    return resolve(f"{package}.SGD")([_weight(name)], 0.1, **momentum)


def _variants(value: object, framework: Any) -> dict[str, list[Any]]:
    """Return values to try by the name of their type."""
    if isinstance(value, bool):
        return {"int": [int(value)], "numpy.bool": [np.bool_(value)]}
    if isinstance(value, tuple | list):
        other = list if isinstance(value, tuple) else tuple
        return {other.__name__: [other(value)]}
    if not isinstance(value, int | float):
        return {}
    whole = [int(value)] if float(value).is_integer() else [0, 1]
    tensor = framework.tensor if framework.__name__ == "torch" else framework.Tensor
    return {
        "int": whole,
        "float": [float(value)],
        "numpy.float32": [np.float32(value)],
        "numpy.int64": [np.int64(number) for number in whole],
        "Tensor": [tensor(value)],
    }


def _verdict(
    attempt: Callable[..., None], argument: str, values: list[Any]
) -> str | None:
    refusals = []
    is_same_value = len(values) == 1
    for value in values:
        try:
            attempt(**{argument: value})
        except Exception as error:  # noqa: BLE001 - it is what we want to know
            text = normalise(str(error)).strip()
            is_typed = isinstance(error, TypeError) or ABOUT_TYPE.search(text)
            if is_same_value or is_typed:
                refusals.append(text.partition("\n")[0] or type(error).__name__)
        else:
            return ACCEPTED
    return refusals[0] if refusals else None
