"""Names in running text break at their joints and nowhere else."""

import pytest

from crosswalk.sphinx.output.line_breaks import add_breaks

TEXTS = {
    "dots": ("optim.SGD", "optim.<wbr>SGD"),
    "underscores": ("weight_decay", "weight_<wbr>decay"),
    "a number": ("lr=0.01", "lr=0.01"),
    "an ellipsis": ("optim.…", "optim.…"),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_code_in_text_breaks_at_joints(text: str, expected: str) -> None:
    """A name may break after a dot or an underscore, but not a number."""
    span = '<code><span class="pre">{}</span></code> a.b'
    context = {"body": span.format(text)}
    add_breaks(None, "page", "page.html", context, None)
    assert span.format(expected) == context["body"]
