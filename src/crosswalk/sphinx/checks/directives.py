"""The directives ``claims`` and ``evidence``."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.model import Check, Comparison, Outcome
from crosswalk.sphinx.comparison.render import where
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
    """List every check, or a topic's: statement, status, where it ran and is used."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return one table, a row for each check; a warning for an unknown topic."""
        domain = domain_of(self.env)
        name = f"{self.arguments[0]}{TOPIC}" if self.arguments else ALL
        comparisons = sorted(listed(domain.build, name))
        if self.arguments and not comparisons:
            known = ", ".join(
                sorted(
                    {each.partition("/")[0] for each in domain.build.found.comparisons}
                )
            )
            message = f"unknown topic {self.arguments[0]!r}; there are: {known}"
            warn("unknown", message, self.get_location())
            return []
        domain.note_seen(self.env.docname, name)
        heads = (
            _("Check"),
            _("Statement"),
            _("Status"),
            _("Device"),
            _("Mode"),
            _("Versions"),
            _("Seconds"),
            _("Used on"),
        )
        head = [box("th", [nodes.Text(text)], scope="col") for text in heads]
        rows = [
            self._row(comparison, check, domain.build.outcome(comparison.id))
            for comparison in map(domain.build.comparison, comparisons)
            for check in comparison.checks
        ]
        parts = [box("thead", [box("tr", head)]), box("tbody", rows)]
        table = box("table", parts, class_="table evidence")
        return [box("div", [table], class_="evidence-scroll", tabindex="0")]

    def _row(
        self,
        comparison: Comparison,
        check: Check,
        outcome: Outcome | None,
    ) -> nodes.Node:
        name = f"{comparison.id}#{check.name}"
        cells = [
            [Badge(check=name), nodes.literal(name, name)],
            [self.statement(check)],
        ]
        if outcome:
            found = outcome.check(check.name)
            device, mode, *versions = where(outcome, found.mode)
            texts = (
                state_word(found.status),
                device,
                mode,
                ", ".join(versions),
                f"{found.seconds:.2f}",
            )
            cells += [[nodes.Text(text)] for text in texts]
        cells.append([UsedOn(comparison=comparison.id)])
        row = [box("td", children) for children in cells]
        return box("tr", row, data_status=outcome.status if outcome else "skipped")
