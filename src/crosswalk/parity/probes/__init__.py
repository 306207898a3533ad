"""The base class of probes, and their input."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from crosswalk.expect import normalise
from crosswalk.parity.arguments import PairArguments
from crosswalk.parity.measurement import Measurement
from crosswalk.parity.model import Pair


@dataclass
class Context:
    """Input of a probe: a pair, a folder, and the measurements of earlier probes."""

    pair: Pair
    folder: Path
    measurements: tuple[Measurement, ...] = ()

    @cached_property
    def arguments(self) -> PairArguments:
        """The arguments of both sides; the pair must have a counterpart."""
        return PairArguments(self.pair)


class Probe:
    """A probe, which answers one kind of question about a pair.

    `observe` runs in one forked process and `compare` in another, so neither changes
    the measuring process, and a run can be saved in the first and resumed in the
    second.
    """

    name: ClassVar[str]

    def __init__(self, context: Context) -> None:
        """Store the context; run nothing."""
        self.context, self.pair = context, context.pair

    def cases(self, pair: Pair) -> Sequence[Any]:
        """Return the cases to measure; none if the probe does not apply."""
        raise NotImplementedError

    def observe(self, cases: Sequence[Any]) -> Any:
        """Run both sides and return observations that can be pickled."""
        raise NotImplementedError

    def compare(self, cases: Sequence[Any], observations: Any) -> list[Measurement]:
        """Return the measurements, computed from the result of `observe`."""
        raise NotImplementedError


def error_text(error: Exception) -> str:
    """Return the class of an error and the first informative line of its message.

    MindSpore puts rules and headings (``- Kernel select failed:``) above that line.
    """
    lines = [line.strip() for line in str(error).splitlines()]
    telling = [line for line in lines if line.strip("-") and line[:2] != "- "]
    first = normalise(telling[0]) if telling else ""
    return f"{type(error).__name__}: {first}"
