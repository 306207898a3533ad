"""Probe the arguments of both sides."""

from collections.abc import Sequence

from crosswalk.introspect import signature
from crosswalk.parity.measurement import Measurement, Signature, SignatureDetails
from crosswalk.parity.model import Pair
from crosswalk.parity.probes import Probe

CASE = "arguments"


class SignatureProbe(Probe):
    """Reads the true signature of each side; every pair has one."""

    name = "signature"

    def cases(self, pair: Pair) -> Sequence[dict[str, str]]:
        """Return the only case: the names of both sides."""
        names = {"torch": pair.subject.torch}
        if pair.counterpart:
            names["mindspore"] = pair.counterpart.mindspore
        return [names]

    def observe(self, cases: Sequence[dict[str, str]]) -> list[dict[str, Signature]]:
        """Return name and default of each argument, by side."""
        return [
            {side: [[a.name, a.default] for a in signature(name)]}
            for names in cases
            for side, name in names.items()
        ]

    def compare(
        self, _: Sequence[dict[str, str]], observations: list[dict[str, Signature]]
    ) -> list[Measurement]:
        """Return both signatures; the page shows them side by side."""
        details = SignatureDetails(
            {k: v for each in observations for k, v in each.items()}
        )
        return [Measurement(self.pair.id, self.name, CASE, "", None, details)]
