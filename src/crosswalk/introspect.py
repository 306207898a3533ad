"""The members of a set that a claim names, such as the optimizers of a package."""

import inspect
from types import ModuleType


def subclasses(package: ModuleType, base: type) -> dict[str, type]:
    """Return the public classes of ``package`` that derive from ``base``, by name.

    ``base`` itself is left out, and so is a name that begins with an underscore.
    Raises LookupError if there is none: a loop over nothing would pass.
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
