"""One kind of question about a pair each: what a probe is, and is given."""

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
    """What a probe is given: a pair, a folder, and what others have measured."""

    pair: Pair
    folder: Path
    measurements: tuple[Measurement, ...] = ()

    @cached_property
    def arguments(self) -> PairArguments:
        """Both sides' arguments; the pair must have a counterpart."""
        return PairArguments(self.pair)


class Probe:
    """Asks one kind of question about a pair.

    `observe` runs in one forked process and `compare` in another: neither leaves
    anything behind in the process that measures, and a run can be saved in one and
    go on in the other.
    """

    name: ClassVar[str]

    def __init__(self, context: Context) -> None:
        """Take what is known of the pair; runs nothing."""
        self.context, self.pair = context, context.pair

    def cases(self, pair: Pair) -> Sequence[Any]:
        """Return what it is measured on; nothing where the probe does not apply."""
        raise NotImplementedError

    def observe(self, cases: Sequence[Any]) -> Any:
        """Run both sides and return what can be pickled."""
        raise NotImplementedError

    def compare(self, cases: Sequence[Any], observations: Any) -> list[Measurement]:
        """Return the measurements, from what `observe` returned."""
        raise NotImplementedError


def error_text(error: Exception) -> str:
    """Return the kind of an error and the first line that says something.

    MindSpore puts rules and headings (``- Kernel select failed:``) before it.
    """
    lines = [line.strip() for line in str(error).splitlines()]
    telling = [line for line in lines if line.strip("-") and line[:2] != "- "]
    first = normalise(telling[0]) if telling else ""
    return f"{type(error).__name__}: {first}"
