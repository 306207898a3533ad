"""Allow line breaks in names in running text, after a dot or an underscore."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

CODE = re.compile(r'(?<=<span class="pre">)[^<]+(?=</span>)')
JOINT = re.compile(r"(?<=[A-Za-z])([._])(?=[A-Za-z])")


def setup(app: Sphinx) -> None:
    """Add the break opportunities to each page that is written."""
    app.connect("html-page-context", add_breaks)


def add_breaks(
    _app: Sphinx,
    _page: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Allow names such as ``mindspore.experimental.optim`` to break after a joint."""
    for part in ("body", "toc"):
        if part in context:
            context[part] = CODE.sub(_with_breaks, context[part])


def _with_breaks(match: re.Match[str]) -> str:
    return JOINT.sub(r"\1<wbr>", match[0])
