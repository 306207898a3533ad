"""The names that the installed libraries offer; for child processes only."""

import inspect
from collections.abc import Iterable

from crosswalk.introspect import resolve
from crosswalk.sphinx.parity.upstream import Claim

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


def exists(name: str) -> bool:
    """Say whether the dotted ``name`` is in the installed library."""
    try:
        resolve(name)
    except LookupError:
        return False
    return True


def spelling(name: str) -> str | None:
    """Return the existing name that is ``name`` except for capitals, or None.

    Classes and functions are wanted: the name of a module, as in
    ``torch.optim.sgd``, is taken only if nothing else has it.
    """
    if exists(name):
        return name
    package, _, last = name.rpartition(".")
    if not exists(package):
        return None
    found = resolve(package)
    alike = [other for other in dir(found) if other.lower() == last.lower()]
    alike.sort(key=lambda other: (not callable(getattr(found, other)), other))
    return f"{package}.{alike[0]}" if alike else None


def misspelt(found: Iterable[Claim]) -> dict[str, str | None]:
    """Return the claimed names that do not exist, each with its `spelling`."""
    names = {name for claim in found for name in (claim.torch, claim.mindspore)}
    return {name: spelling(name) for name in sorted(names) if not exists(name)}


def _exported(module: str) -> Iterable[str]:
    package = NAMESPACES[module]
    for name in resolve(module).__all__:
        member = getattr(resolve(module), name)
        is_builder = inspect.isfunction(member) and package == "mindspore.nn"
        if inspect.isclass(member) or is_builder:
            yield f"{package}.{name}"
