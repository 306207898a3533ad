"""Show translatable text from our own code: a base class of directives, and helpers."""

import gettext
import re
from collections.abc import Callable, Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import docname_to_domain

from crosswalk.model import Check
from crosswalk.sphinx.nodes import box

CODE = re.compile(r"``?([^`]+)``?")


class TextDirective(SphinxDirective):
    """A directive that shows sentences that are not in the page's source."""

    def text(self, text: str) -> nodes.paragraph:
        """Return ``text`` as a paragraph that the catalogue translates."""
        children, messages = self.state.inline_text(text, self.lineno)
        paragraph = nodes.paragraph(text, "", *children, *messages)
        self.set_source_info(paragraph)
        return paragraph

    def statement(self, check: Check) -> nodes.paragraph:
        """Return the claim of a check as a translatable paragraph."""
        paragraph = self.text(check.statement)
        paragraph["classes"] = ["statement"]
        return paragraph


def translation(app: Sphinx, docname: str) -> Callable[[str], str]:
    """Return a function that translates messages of ``docname`` during writing.

    Sphinx translates messages only while it reads pages, but other pages show claims.
    """
    name = docname_to_domain(docname, app.config.gettext_compact)
    languages = [app.config.language]
    for folder in app.config.locale_dirs:
        path = app.srcdir / folder
        if gettext.find(name, path, languages):
            return gettext.translation(name, path, languages).gettext
    return str


def inline(text: str) -> Iterator[nodes.Node]:
    """Yield ``text`` with its inline code, for HTML only."""
    for number, part in enumerate(CODE.split(text)):
        yield box("code", [nodes.Text(part)]) if number % 2 else nodes.Text(part)
