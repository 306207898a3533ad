"""From a setting to the arguments that each side is built with."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crosswalk.parity.model import (
    EXECUTION,
    OWN_DEFAULTS,
    Arguments,
    Pair,
    Part,
    Setting,
)
from crosswalk.parity.signatures import Argument

BUILT = ("params", "optimizer")


def for_torch(
    pair: Pair, setting: Setting, signature: Sequence[Argument]
) -> dict[str, Any]:
    """Return PyTorch's arguments: with own defaults, only those it requires."""
    base = pair.subject.base
    if setting.name == OWN_DEFAULTS:
        required = [
            a.name for a in signature if a.default is None and a.name not in BUILT
        ]
        return {name: base[name] for name in required}
    return {**base, **setting.torch}


def for_mindspore(
    pair: Pair,
    setting: Setting,
    torch_defaults: Arguments,
    signature: Sequence[Argument],
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Return MindSpore's arguments, and which changed ones it does not have.

    PyTorch's defaults are written out, so that only the setting's own
    arguments can make a difference; with own defaults, only what is required.
    There are none where the counterpart has no way to say what is wanted.
    """
    counterpart = pair.counterpart
    wanted = {**torch_defaults, **pair.subject.base, **setting.torch}
    if counterpart.arguments:
        return _as_schedule(pair, setting, torch_defaults)
    known = {argument.name: argument for argument in signature}
    translated, missing = {}, []
    for name, value in wanted.items():
        ours = counterpart.values.get(name, _unchanged)(value)
        targets = dict(_translate(counterpart.names, name, ours))
        if set(targets) <= set(known):
            translated |= {k: _as_float(v, known[k]) for k, v in targets.items()}
        elif name in setting.torch:
            missing.append(name)
    arguments = {**translated, **counterpart.fixed, **setting.mindspore}
    if setting.name == OWN_DEFAULTS:
        required = {argument.name for argument in signature if argument.default is None}
        return {k: v for k, v in arguments.items() if k in required}, ()
    return arguments, tuple(missing)


def _as_schedule(
    pair: Pair, setting: Setting, torch_defaults: Arguments
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Translate with the counterpart's function.

    An argument that no setting can change the translation with is missing.
    """
    translate = pair.counterpart.arguments
    before = {**torch_defaults, **pair.subject.base}
    translated = translate({**before, **setting.torch})
    if translated is None:
        return None, ()
    missing = tuple(
        name
        for name in setting.torch
        if all(
            translate({**before, name: other.torch[name]}) == translate(before)
            for other in pair.settings
            if name in other.torch
        )
    )
    return {**translated, **setting.mindspore}, missing


def defaults(signature: Sequence[Argument]) -> dict[str, Any]:
    """Return the defaults that say which step is taken: neither None nor execution."""
    return {
        argument.name: value_of(argument)
        for argument in signature
        if value_of(argument) is not None and argument.name not in EXECUTION
    }


def value_of(argument: Argument) -> object:
    """Return the default as a value; None if it is no literal, or none is there."""
    try:
        return ast.literal_eval(argument.default or "None")
    except ValueError:
        return None


def _unchanged(value: object) -> object:
    return value


def _translate(
    names: Mapping[str, str | tuple[str, ...]], name: str, value: object
) -> Iterator[tuple[str, Any]]:
    target = names.get(name, name)
    if isinstance(target, tuple):
        yield from zip(target, value, strict=True)
    else:
        yield target, value


def _as_float(value: object, argument: Argument) -> object:
    """Write PyTorch's default 0 as 0.0 where MindSpore's default is a float."""
    is_int = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if is_int and isinstance(value_of(argument), float) else value


def plain(value: object) -> object:
    """Return ``value`` as JSON can hold it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Part):
        return (
            f"{value.name}({', '.join(f'{k}={v}' for k, v in value.arguments.items())})"
        )
    is_json = value is None or isinstance(value, bool | int | float | str)
    return value if is_json else getattr(value, "__name__", repr(value))
