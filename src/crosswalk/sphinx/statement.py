"""Text from our own code that the catalogue translates, for directives."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from crosswalk.model import Check


class TextDirective(SphinxDirective):
    """A directive that shows sentences which do not stand in the page's source."""

    def text(self, text: str) -> nodes.paragraph:
        """Return ``text`` as a paragraph that the catalogue translates."""
        children, messages = self.state.inline_text(text, self.lineno)
        paragraph = nodes.paragraph(text, "", *children, *messages)
        self.set_source_info(paragraph)
        return paragraph

    def statement(self, check: Check) -> nodes.paragraph:
        """Return the claim of a check as such a paragraph."""
        paragraph = self.text(check.statement)
        paragraph["classes"] = ["statement"]
        return paragraph
