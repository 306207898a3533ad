"""Two signatures side by side: a default is another one only if its value is."""

import ast

import pytest
from bs4 import BeautifulSoup, SoupStrainer
from conftest import ROOT

from crosswalk.sphinx.parity.signatures import _differ

HTML = ROOT / "_build" / "html" / "en" / "reference"
TUPLE, ITEMS = "(0.9, 0.999)", ["0.9", "0.999"]
DEFAULTS = {
    "a tuple and the same tuple": (TUPLE, [TUPLE], False, False),
    "a tuple and another": (TUPLE, ["(0.9, 0.99)"], False, True),
    "a tuple and a list": (TUPLE, ["[0.9, 0.999]"], False, False),
    "an int in a tuple and a float": ("(1e-06, 50)", ["(1e-06, 50.0)"], False, False),
    "a tuple and its items": (TUPLE, ITEMS, True, False),
    "a tuple and other items": (TUPLE, ["0.9", "0.99"], True, True),
    "a tuple and one of its items": (TUPLE, ["0.9"], True, True),
    "a tuple and a tuple for one name": (TUPLE, [TUPLE], True, True),
    "two spellings of a number": ("1e-08", ["1e-8"], False, False),
    "two numbers": ("0.01", ["0.001"], False, True),
    "a number and None": ("0.01", ["None"], False, True),
    "None and none": ("None", [None], False, True),
    "none on either side": (None, [None], False, False),
    "a number and none": ("0.01", [None], False, True),
    "texts": ("<object>", ["<object>"], False, False),
    "no such argument": ("0.01", [], False, False),
}


@pytest.mark.parametrize(
    ("default", "others", "is_split", "expected"), DEFAULTS.values(), ids=DEFAULTS
)
def test_defaults_differ_by_their_values(
    default: str | None,
    others: list[str | None],
    is_split: bool,  # noqa: FBT001 - a parameter of the test
    expected: bool,  # noqa: FBT001 - the same
) -> None:
    """Tuples, lists and numbers are compared as values; no default is no value."""
    assert expected == _differ(default, others, is_split=is_split)


def test_no_row_of_the_site_calls_equal_defaults_other_ones() -> None:
    """In every table, two defaults that are called different are different."""
    rows = [
        [cell.get_text() for cell in row.find_all("td")]
        for path in sorted(HTML.rglob("*.html"))
        for row in _rows(path.read_text("utf-8"))
        if "other default" in row.get_text()
    ]
    assert len(rows) >= 10, "run `make html` first"
    assert [] == [row for row in rows if _value(row[1]) == _value(row[3])]


def _rows(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser", parse_only=SoupStrainer("tr"))


def _value(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text
