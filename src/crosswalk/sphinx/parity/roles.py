"""The role ``measurement``."""

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from crosswalk.report.user_input import meant
from crosswalk.sphinx.domain import domain_of, warn
from crosswalk.sphinx.nodes import Badge
from crosswalk.sphinx.state import Build


class MeasurementRole(SphinxRole):
    """The role ``measurement``, with ``torch.X:mindspore.Y#probe/case``.

    A badge that says that both sides do the same in this case, in every mode.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the badge; warn of an unknown name, and where it does not hold."""
        domain = domain_of(self.env)
        problem = unknown(domain.build, self.text)
        if problem:
            warn("unknown", problem, self.get_location())
            return [nodes.literal(self.text, self.text)], []
        domain.note_seen(self.env.docname, self.text.partition("#")[0])
        different = differences(domain.build, self.text)
        if different:
            found = ", ".join(f"{mode}: {verdict}" for mode, verdict in different)
            message = f"{self.text}: cited as the same, but it is not ({found})"
            warn("failed", message, self.get_location())
        return [Badge(measurement=self.text)], []


def unknown(build: Build, name: str) -> str:
    """Say what is wrong with the name of a measurement; "" if it exists."""
    pair = name.partition("#")[0]
    if pair not in build.pairs:
        hint = meant(pair, build.pairs)
        return f"unknown pair {pair!r}{f'; {hint}'.rstrip() if hint else ''}"
    outcome = build.parities.get(pair)
    if not outcome:
        return ""  # the catalogue's builder measures nothing
    known = dict.fromkeys(f"{m.probe}/{m.case}" for m in outcome.trainings)
    if name.partition("#")[2] in known:
        return ""
    return f"unknown measurement {name!r}; expected {pair}# and one of: " + ", ".join(
        known
    )


def differences(build: Build, name: str) -> list[tuple[str, str]]:
    """Return each mode of a measurement in which the sides differ, and how."""
    pair, _, rest = name.partition("#")
    outcome = build.parities.get(pair)
    return [
        (m.key.mode, m.verdict or "")
        for m in (outcome.trainings if outcome else ())
        if f"{m.probe}/{m.case}" == rest and m.verdict != "same"
    ]
