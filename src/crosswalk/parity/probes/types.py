"""Probe the types that an argument rejects."""

import importlib
import inspect
import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from crosswalk.expect import normalise
from crosswalk.introspect import parameters, resolve
from crosswalk.parity.measurement import Measurement, TypesDetails
from crosswalk.parity.model import MATCHED, Case, Pair
from crosswalk.parity.probes import Probe

ACCEPTED = "accepted"
ABOUT_TYPE = re.compile(r"\b(type|float|int|integer|bool|tuple|list)\b", re.IGNORECASE)
Refused = dict[str, dict[str, str]]


class TypesProbe(Probe):
    """Tries other types for each of the matched arguments, on both sides."""

    name = "types"

    def cases(self, pair: Pair) -> Sequence[Case]:
        """Return the matched arguments, if there is a counterpart."""
        return [case for case in pair.cases if case.name == MATCHED]

    def observe(self, cases: Sequence[Case]) -> list[dict[str, Refused]]:
        """Return the types that each side rejects."""
        pair, arguments = self.context.pair, self.context.arguments
        subject, counterpart = pair.subject, pair.counterpart
        return [
            {
                "torch": refused(subject.torch, subject.make, arguments.torch(case)),
                "mindspore": refused(
                    counterpart.mindspore,
                    counterpart.make,
                    arguments.mindspore(case)[0],
                ),
            }
            for case in cases
        ]

    def compare(
        self, cases: Sequence[Case], observations: list[dict[str, Refused]]
    ) -> list[Measurement]:
        """Return the rejected types, without a verdict."""
        pair = self.context.pair.id
        return [
            Measurement(pair, self.name, case.name, "", None, TypesDetails(found))
            for case, found in zip(cases, observations, strict=True)
        ]


def refused(
    name: str,
    make: Callable[..., object] | None,
    arguments: Mapping[str, object] | None,
) -> Refused:
    """Return the types that arguments reject; nothing if the object cannot be built."""
    if make or arguments is None:
        return {}
    try:
        probed = probe_types(name, arguments)
    except Exception:  # noqa: BLE001 - the runs tell why it cannot be built
        return {}
    found = {
        argument: {kind: text for kind, text in tried.items() if text != ACCEPTED}
        for argument, tried in probed.items()
    }
    return {argument: kinds for argument, kinds in found.items() if kinds}


def probe_types(
    name: str,
    arguments: Mapping[str, object],
    use: Callable[[Any], object] = lambda built: built,
) -> dict[str, dict[str, str]]:
    """Try other types with the same value for each argument, and return the results.

    ``arguments`` are valid ones with which ``name`` can be built. This function creates
    the parameters and a scheduler's optimizer if they are missing. It tries the
    arguments whose value or default is a number, a bool, a tuple or a list. Per
    argument and type, the result is "accepted" or the first line of the error.

    A value is the same in each type that can hold it, so any error is due to the type.
    No int is equal to 0.9, so 0 and 1 replace it: then only an error that names types
    counts, and if neither number is valid (``eps=0``), the result omits the type.

    "Accepted" means that building succeeds, and ``use(built)`` if given. A few types
    fail only in the first step (an int as ``eps`` in mindspore.experimental's Adagrad),
    but a step costs MindSpore a compilation. Raises the exceptions of building with
    ``arguments``.
    """
    target = resolve(name)
    accepted = parameters(target)
    framework = importlib.import_module(name.partition(".")[0])

    def attempt(**changed: object) -> None:
        made = _made(name, accepted, {*arguments, *changed})
        use(target(**{**made, **arguments, **changed}))

    found: dict[str, dict[str, str]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        attempt()
        for parameter in accepted:
            value = arguments.get(parameter.name, parameter.default)
            tried = {
                kind: _verdict(attempt, parameter.name, values)
                for kind, values in _variants(value, framework).items()
            }
            verdicts = {kind: text for kind, text in tried.items() if text}
            if verdicts:
                found[parameter.name] = verdicts
    return found


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
    """Return values to try, by the name of their type."""
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
