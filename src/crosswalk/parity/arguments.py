"""Build the arguments of both sides from a case."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from crosswalk.introspect import Argument, signature
from crosswalk.parity.model import EXECUTION, OWN_DEFAULTS, Case, Pair, Part
from crosswalk.parity.problem import GROUPS, SCHEDULE_STEPS

BUILT = ("params", "optimizer")
Given = dict[str, Any]


class PairArguments:
    """Both sides' arguments for the cases of one pair, from the true signatures."""

    def __init__(self, pair: Pair) -> None:
        """Read both signatures, which imports the frameworks."""
        subject, counterpart = pair.subject, pair.counterpart
        self.pair = pair
        self.torch_signature = true_signature(subject.make, subject.torch)
        self.mindspore_signature = true_signature(
            counterpart.make, counterpart.mindspore
        )
        self.defaults = defaults(self.torch_signature)

    @cached_property
    def shared(self) -> dict[str, tuple[str, ...]]:
        """The hyperparameters that both sides have, with MindSpore's names for each."""
        ours = {argument.name for argument in self.mindspore_signature}
        found = {}
        for argument in self.torch_signature:
            target = self.pair.counterpart.names.get(argument.name, argument.name)
            names = target if isinstance(target, tuple) else (target,)
            if set(names) <= ours:
                found[argument.name] = names
        return {n: ts for n, ts in found.items() if n not in (*BUILT, *EXECUTION)}

    def value(self, name: str, value: object) -> object:
        """Return MindSpore's value for PyTorch's ``value`` of ``name``."""
        return self.pair.counterpart.values.get(name, _unchanged)(value)

    def torch(self, case: Case) -> Given:
        """Return PyTorch's arguments; for own defaults, only the required ones."""
        base = self.pair.subject.base
        if case.name == OWN_DEFAULTS:
            required = [
                argument.name
                for argument in self.torch_signature
                if argument.default is None and argument.name not in BUILT
            ]
            return {name: base[name] for name in required}
        return {**base, **case.torch}

    def mindspore(
        self, case: Case, group: int = 0
    ) -> tuple[Given | None, tuple[str, ...]]:
        """Return MindSpore's arguments, and the changed arguments that it lacks.

        Includes PyTorch's defaults, so only the case's own arguments can make a
        difference; for own defaults, includes only the required arguments. Returns None
        as arguments if the counterpart cannot express the case. ``group`` is the number
        of the parameter group that a schedule is for.
        """
        counterpart = self.pair.counterpart
        if counterpart.arguments:
            return self._as_schedule(case, group)
        wanted = {**self.defaults, **self.pair.subject.base, **case.torch}
        known = {argument.name: argument for argument in self.mindspore_signature}
        translated, missing = {}, []
        for name, value in wanted.items():
            targets = dict(_translate(counterpart.names, name, self.value(name, value)))
            if set(targets) <= set(known):
                translated |= {k: _as_float(v, known[k]) for k, v in targets.items()}
            elif name in case.torch:
                missing.append(name)
        arguments = {**translated, **counterpart.fixed, **case.mindspore}
        if case.name == OWN_DEFAULTS:
            required = {name for name, a in known.items() if a.default is None}
            return {k: v for k, v in arguments.items() if k in required}, ()
        return arguments, tuple(missing)

    def _as_schedule(
        self, case: Case, group: int
    ) -> tuple[Given | None, tuple[str, ...]]:
        """Translate the arguments with the counterpart's function.

        A schedule inside the optimizer receives the values that a stepped scheduler
        sees. An argument counts as missing if no case changes the translation with it.
        """
        translate = self.pair.counterpart.arguments
        before = {
            **self.defaults,
            "lr": GROUPS[group]["lr"],
            "group": group,
            "every": case.every,
            "steps": SCHEDULE_STEPS * case.every,
            **self.pair.subject.base,
        }
        translated = translate({**before, **case.torch})
        if translated is None:
            return None, ()
        missing = tuple(
            name
            for name in case.torch
            if all(
                translate({**before, name: other.torch[name]}) == translate(before)
                for other in self.pair.cases
                if name in other.torch
            )
        )
        return {**translated, **case.mindspore}, missing


def true_signature(make: Callable[..., Any] | None, name: str) -> tuple[Argument, ...]:
    """Return the arguments of ``make``, or of the class if ``make`` accepts any."""
    found = signature(make) if make else ()
    takes_any = any(argument.kind == "var_keyword" for argument in found)
    return found if found and not takes_any else signature(name)


def defaults(signature: Sequence[Argument]) -> dict[str, Any]:
    """Return the defaults that affect the update, but no None or execution option."""
    return {
        argument.name: value_of(argument)
        for argument in signature
        if value_of(argument) is not None and argument.name not in EXECUTION
    }


def value_of(argument: Argument) -> object:
    """Return the default as a value; None without a default, or if it is no literal."""
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
    """Return ``value`` in a form that JSON supports."""
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
