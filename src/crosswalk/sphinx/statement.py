"""Statements of checks as translatable text, for directives that show them."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.model import Check


class StatementDirective(SphinxDirective):
    """A directive that shows checks' statements as translatable text."""

    def statement(self, check: Check) -> nodes.paragraph:
        """Return the statement as a paragraph that the catalogue translates."""
        children, messages = self.state.inline_text(check.statement, self.lineno)
        paragraph = nodes.paragraph(check.statement, "", *children, *messages)
        paragraph["classes"] = ["statement"]
        self.set_source_info(paragraph)
        return paragraph
