"""The roles ``check``, ``measured`` and ``evidence``."""

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from crosswalk.report import comparison_text
from crosswalk.report.user_input import meant
from crosswalk.sphinx.domain import domain_of, warn
from crosswalk.sphinx.incremental.digests import (
    FIGURE,
    FIGURES,
    KEPT_FROM,
    PACKAGES,
    figure,
)
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Badge
from crosswalk.sphinx.state import Build

# Above this, a deviation is easier to read as a percentage.
PERCENT = 1e-4


class CheckRole(SphinxRole):
    """The role ``check``, with ``topic/name#check``: a badge that leads there."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the badge, or a warning for a name that is unknown."""
        domain = domain_of(self.env)
        problem = unknown(domain.build, self.text)
        if problem:
            warn("unknown", problem, self.get_location())
            return [nodes.literal(self.text, self.text)], []
        domain.note_cited(self.env.docname, self.text)
        return [Badge(check=self.text)], []


class MeasuredRole(SphinxRole):
    """The role ``measured``, with ``topic/name#check.record``: what was measured."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the figure as it was measured in this build."""
        domain = domain_of(self.env)
        check, _, record = self.text.partition(".")
        text = f"{check}.{record}"
        problem = unknown(domain.build, check)
        if not problem and domain.build.outcomes:
            domain.note_seen(self.env.docname, text)
            found = _measured(domain.build, check, record)
            problem = (
                "" if found is not None else _unmeasured(domain.build, check, record)
            )
            text = found or ""
        if problem:
            warn("unknown", problem, self.get_location())
        return [nodes.literal(self.text, text, classes=["measured"])], []


class EvidenceRole(SphinxRole):
    """The role ``evidence``, with ``checks`` or a package: a figure of the whole."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return how many comparisons or checks there are, or a version."""
        domain = domain_of(self.env)
        domain.note_seen(self.env.docname, f"{FIGURE}{self.text}")
        text = figure(domain.build, self.text)
        if text is None:
            known = ", ".join([*FIGURES, *PACKAGES])
            message = f"unknown figure {self.text!r}; there are: {known}"
            warn("unknown", message, self.get_location())
        if self.text == KEPT_FROM:
            names = [_kept_from(name) for name in text.split(", ") if name]
            text = _(", ").join(names) or _("nothing")
        return [nodes.Text(text or "")], []


def unknown(build: Build, check: str) -> str:
    """Say what is wrong with the name of a check; "" if it exists."""
    name, _, function = check.partition("#")
    comparison = build.comparison(name)
    if comparison is None:
        return unknown_comparison(build, name)
    if not function:
        known = ", ".join(f"{name}#{check.name}" for check in comparison.checks)
        return f"expected a check, found the comparison {check!r}; it has: {known}"
    if function not in {check.name for check in comparison.checks}:
        known = ", ".join(check.name for check in comparison.checks)
        return f"comparison {name!r} has no check {function!r}; it has: {known}"
    return ""


def unknown_comparison(build: Build, name: str) -> str:
    """Say that nothing is called ``name``, and what may be meant."""
    broken = [p for p in build.found.problems if p.comparison == name]
    if broken:
        return f"comparison {name!r} cannot be read, see {broken[0]}"
    hint = meant(name, build.found.comparisons)
    return f"unknown comparison {name!r}{f'; {hint}'.rstrip() if hint else ''}"


def _kept_from(name: str) -> str:
    """Return what examples were kept from, as a reader sees it."""
    names = {
        "network": _("network"),
        "other processes": _("other processes"),
        "shared memory": _("shared memory"),
        "sockets of other programs": _("sockets of other programs"),
        "other files": _("other files"),
    }
    return names[name]


def _unmeasured(build: Build, check: str, record: str) -> str:
    name, _, function = check.partition("#")
    measured = build.outcomes[name].check(function).measured
    known = ", ".join(one["name"] for one in measured) or "nothing"
    return f"check {check!r} measured no {record!r}; it measured: {known}"


def _measured(build: Build, check: str, record: str) -> str | None:
    name, _, function = check.partition("#")
    for found in build.outcomes[name].check(function).measured:
        if found["name"] == record:
            deviation = found.get("deviation", 0.0)
            if deviation >= PERCENT:
                return percentage(deviation)
            return comparison_text.measured_text(found)
    return None


def percentage(ratio: float) -> str:
    """Return a ratio as a percentage with two digits, as the language writes it."""
    return _("{number} %").format(number=f"{float(f'{100 * ratio:.2g}'):g}")
