"""The directives ``claims`` and ``evidence``."""

from collections import Counter
from collections.abc import Iterable

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.model import Check, Comparison, Outcome
from crosswalk.sphinx.comparison.render import where
from crosswalk.sphinx.comparison.versions import how_many_passed
from crosswalk.sphinx.domain import domain_of, warn
from crosswalk.sphinx.incremental.digests import ALL, TOPIC, listed
from crosswalk.sphinx.interface import _
from crosswalk.sphinx.nodes import Badge, UsedOn, box
from crosswalk.sphinx.statement import TextDirective
from crosswalk.sphinx.versions.variants import state_word


class ClaimsDirective(SphinxDirective):
    """Content of which every table row and list item must carry a badge."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the content, with a warning for each row or item without badge."""
        content = nodes.container(classes=["claims"])
        self.state.nested_parse(self.content, self.content_offset, content)
        for paragraph in content.findall(nodes.paragraph):
            if not paragraph.source:  # a cell: without source it has no translation
                paragraph.source = self.get_source_info()[0]
                paragraph.line = self._line(paragraph)
        claims = [*_rows(content), *_items(content)]
        if not claims:
            message = "claims: expected a table or a list, found neither"
            warn("claims", message, self.get_location())
        for claim in claims:
            if not any(claim.findall(Badge)):
                text = " ".join(claim.astext().split())[:60]
                message = f"this claim has no badge, add a check role: {text!r}"
                warn("claims", message, (self.env.docname, self._line(claim)))
        return [content]

    def _line(self, claim: nodes.Element) -> int:
        """Return the line of a row, item or cell: MyST gives table rows none."""
        raw = next((p.rawsource for p in claim.findall(nodes.paragraph)), "")
        first = raw.split("\n")[0]
        lines = (n for n, text in enumerate(self.content, 1) if first in text)
        return self.lineno + next(lines, 0)


def _rows(content: nodes.Element) -> list[nodes.Element]:
    return [row for body in content.findall(nodes.tbody) for row in body.children]


def _items(content: nodes.Element) -> list[nodes.Element]:
    kinds = (nodes.bullet_list, nodes.enumerated_list)
    lists = [node for node in content.children if isinstance(node, kinds)]
    return [item for found in lists for item in found.children]


class EvidenceDirective(TextDirective):
    """List all comparisons, or a topic's, with their checks and where they ran."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a table, a row for each comparison; a warning for an unknown topic."""
        domain = domain_of(self.env)
        name = f"{self.arguments[0]}{TOPIC}" if self.arguments else ALL
        comparisons = sorted(listed(domain.build, name))
        if self.arguments and not comparisons:
            topics = (each.partition("/")[0] for each in domain.build.found.comparisons)
            known = ", ".join(sorted(set(topics)))
            message = f"unknown topic {self.arguments[0]!r}; there are: {known}"
            warn("unknown", message, self.get_location())
            return []
        domain.note_seen(self.env.docname, name)
        found = [
            (domain.build.comparison(each), domain.build.outcome(each))
            for each in comparisons
        ]
        shared = _most_common_place(outcome for _, outcome in found if outcome)
        heads = (_("Comparison"), _("Checks"), _("Where it differs"), _("Pages"))
        head = [box("th", [nodes.Text(text)], scope="col") for text in heads]
        rows = [self._row(*each, shared) for each in found]
        parts = [box("thead", [box("tr", head)]), box("tbody", rows)]
        table = box("table", parts, class_="table evidence")
        told = _("Unless a row says otherwise, a check ran and passed on: {place}.")
        about = [nodes.Text(told.format(place=" · ".join(shared)))] if shared else []
        scroll = box("div", [table], class_="evidence-scroll", tabindex="0")
        return [box("p", about, class_="where"), scroll]

    def _row(
        self, comparison: Comparison, outcome: Outcome | None, shared: tuple[str, ...]
    ) -> nodes.Node:
        name = nodes.literal(comparison.id, comparison.id)
        claims = [
            box("li", self._claim(comparison, check)) for check in comparison.checks
        ]
        text = how_many_passed(outcome.checks) if outcome else ""
        summary = box("summary", [nodes.Text(text)])
        checks = box("details", [summary, box("ul", claims)])
        cells = [
            box("th", [name], scope="row"),
            box("td", [checks]),
            box("td", [nodes.Text(", ".join(_differences(outcome, shared)))]),
            box("td", [UsedOn(comparison=comparison.id)]),
        ]
        return box("tr", cells, data_status=outcome.status if outcome else "skipped")

    def _claim(self, comparison: Comparison, check: Check) -> list[nodes.Node]:
        name = f"{comparison.id}#{check.name}"
        return [Badge(check=name, label=check.name), self.statement(check)]


def _differences(outcome: Outcome | None, shared: tuple[str, ...]) -> list[str]:
    """Return how a comparison did not pass, and where it ran, unlike the others."""
    if not outcome:
        return []
    bad = {c.status for c in outcome.checks if c.status != "passed"}
    places = [
        ours
        for mode in dict.fromkeys(check.mode for check in outcome.checks)
        for ours, theirs in zip(where(outcome, mode), shared, strict=False)
        if ours != theirs
    ]
    return [*(str(state_word(status)) for status in sorted(bad)), *places]


def _most_common_place(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """Return device, mode and versions of most checks; nothing without outcomes."""
    places = Counter(
        tuple(where(outcome, check.mode))
        for outcome in outcomes
        for check in outcome.checks
    )
    return places.most_common(1)[0][0] if places else ()
