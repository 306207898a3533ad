"""The directives ``comparison``, ``claims`` and ``evidence``."""

from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.model import Check, Comparison, Outcome
from crosswalk.sphinx.nodes import Badge, UsedOn, box
from crosswalk.sphinx.render import Renderer, where
from crosswalk.sphinx.roles import unknown_comparison
from crosswalk.sphinx.seen import ALL, TOPIC, listed
from crosswalk.sphinx.site import domain_of, warn
from crosswalk.sphinx.words import word


class StatementDirective(SphinxDirective):
    """A directive that shows checks' statements as translatable text."""

    def statement(self, check: Check) -> nodes.paragraph:
        """Return the statement as a paragraph that the catalogue translates."""
        children, messages = self.state.inline_text(check.statement, self.lineno)
        paragraph = nodes.paragraph(check.statement, "", *children, *messages)
        paragraph["classes"] = ["statement"]
        self.set_source_info(paragraph)
        return paragraph


class ComparisonDirective(StatementDirective):
    """Show a comparison: both sides, their outputs, where it ran, its checks."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the comparison's nodes, or a warning for an unknown name."""
        name = self.arguments[0]
        domain = domain_of(self.env)
        comparison = domain.comparison(name)
        if comparison is None:
            warn("unknown", unknown_comparison(domain, name), self.get_location())
            return []
        if not domain.note_rendered(self.env.docname, name):
            message = f"comparison {name!r} is shown twice on this page"
            warn("comparison", message, self.get_location())
            return []
        outcome = domain.outcome(name)
        renderer = Renderer(
            self.env, self.state.document, comparison, outcome, self.lineno
        )
        statements = {c.name: [self.statement(c)] for c in comparison.checks}
        return [renderer.render(statements)]


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


class EvidenceDirective(StatementDirective):
    """List every check, or a topic's: statement, status, where it ran and is used."""

    optional_arguments = 1
    heads: ClassVar = (
        "Check",
        "Statement",
        "Status",
        "Device",
        "Mode",
        "Versions",
        "Seconds",
        "Used on",
    )

    def run(self) -> list[nodes.Node]:
        """Return one table, a row for each check; a warning for an unknown topic."""
        domain = domain_of(self.env)
        name = f"{self.arguments[0]}{TOPIC}" if self.arguments else ALL
        comparisons = sorted(listed(domain, name))
        if self.arguments and not comparisons:
            known = ", ".join(
                sorted({each.partition("/")[0] for each in domain.found.comparisons})
            )
            message = f"unknown topic {self.arguments[0]!r}; there are: {known}"
            warn("unknown", message, self.get_location())
            return []
        domain.note_seen(self.env.docname, name)
        language = self.env.config.language
        texts = [word(language, text) for text in self.heads]
        head = [box("th", [nodes.Text(text)], scope="col") for text in texts]
        rows = [
            self._row(comparison, check, domain.outcome(comparison.id), language)
            for comparison in map(domain.comparison, comparisons)
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
        language: str,
    ) -> nodes.Node:
        name = f"{comparison.id}#{check.name}"
        cells = [
            [Badge(check=name), nodes.literal(name, name)],
            [self.statement(check)],
        ]
        if outcome:
            found = outcome.check(check.name)
            device, mode, *versions = where(outcome, found.mode, language)
            texts = (
                word(language, found.status),
                device,
                mode,
                ", ".join(versions),
                f"{found.seconds:.2f}",
            )
            cells += [[nodes.Text(text)] for text in texts]
        cells.append([UsedOn(comparison=comparison.id)])
        row = [box("td", children) for children in cells]
        return box("tr", row, data_status=outcome.status if outcome else "skipped")
