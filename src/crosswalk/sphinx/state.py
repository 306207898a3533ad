"""The data of one build: comparisons, pairs, their outcomes, and the records."""

from dataclasses import dataclass, field

from crosswalk.comparisons.discover import Found
from crosswalk.model import Comparison, Outcome
from crosswalk.parity.measurement import PairOutcome
from crosswalk.parity.model import Pair, Subject
from crosswalk.report.api_index import Api
from crosswalk.sphinx.parity.upstream import Claim
from crosswalk.versions.history import History


@dataclass
class Build:
    """Data of one build, collected before Sphinx reads the pages and then discarded.

    ``digests`` caches the digests of everything that pages show (see
    `crosswalk.sphinx.incremental.digests`).
    ``search_index`` is the search index of the previous build, byte for byte.
    """

    found: Found = field(default_factory=lambda: Found({}, ()))
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    subjects: tuple[Subject, ...] = ()
    pairs: dict[str, Pair] = field(default_factory=dict)
    parities: dict[str, PairOutcome] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    apis: dict[str, Api] = field(default_factory=dict)
    history: History = field(default_factory=History)
    digests: dict[str, str] = field(default_factory=dict)
    search_index: bytes = b""

    def comparison(self, name: str) -> Comparison | None:
        """Return the comparison called ``name``, or None."""
        return self.found.comparisons.get(name)

    def outcome(self, name: str) -> Outcome | None:
        """Return its outcome; None if the build runs nothing (the gettext builder)."""
        return self.outcomes.get(name)
