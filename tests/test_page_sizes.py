"""Pages are short enough to read, and marks are no more than sentences and rows."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT

from tools import pages

HTML = ROOT / "_build" / "html"
GUIDE = sorted((HTML / "en" / "guide").glob("*.html"))
BOTH = sorted(
    path for language in ("en", "zh") for path in HTML.glob(f"{language}/**/*.md")
)
SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|[。！？：]")


def name_of(path: Path) -> str:
    """Return the path of a built file below the site."""
    return str(path.relative_to(HTML))


@pytest.mark.parametrize("page", GUIDE, ids=name_of)
def test_a_guide_page_is_short(page: Path) -> None:
    """It has at most 2,500 words of prose and 400 KB of HTML, also in Chinese."""
    assert pages.measure(page)[0] <= 2500
    chinese = HTML / "zh" / page.relative_to(HTML / "en")
    assert [] == [p.name for p in (page, chinese) if p.stat().st_size > 400_000]


@pytest.mark.parametrize("page", BOTH, ids=name_of)
def test_the_markdown_of_a_page_is_short(page: Path) -> None:
    """No page's Markdown has more than 60 KB."""
    assert page.stat().st_size <= 60_000


@pytest.mark.parametrize(
    "page", [path.with_suffix(".html") for path in BOTH], ids=name_of
)
def test_marks_are_no_more_than_sentences_and_rows(page: Path) -> None:
    """A table row has at most one mark, and a paragraph one for each sentence."""
    article = BeautifulSoup(page.read_text("utf-8"), "html.parser").article
    many = [
        " ".join(part.get_text(" ").split())[:80]
        for part in article.select("tr:has(.claim-mark), :is(p, li):has(> .claim-mark)")
        if len(part.select(".claim-mark")) > _most(part)
    ]
    assert [] == many


def _most(part: BeautifulSoup) -> int:
    """Return how many marks a row, a paragraph or an item may have."""
    if part.name == "tr":
        return 1
    for inner in part.select(".mark-list"):
        inner.clear()
    return max(1, len(SENTENCE_END.findall(part.get_text())))
