"""Each silent trap has a check, a heading of its own, and a page that readers find."""

import re
from collections import Counter

import pytest
from conftest import ROOT

CHAPTER = ROOT / "docs/traps"
PAGES = {
    path.name: path.read_text("utf-8")
    for path in sorted(CHAPTER.glob("*.md"))
    if path.name != "index.md"
}
INDEX = (CHAPTER / "index.md").read_text("utf-8")
HIDDEN = "```{toctree}\n:hidden:\n"
# A heading of level three, and the text up to the next heading or the end.
SECTION = re.compile(r"^### (.+)\n((?:(?!##).*\n)*)", re.MULTILINE)
TRAPS = [
    (name, *found.groups())
    for name, text in PAGES.items()
    for found in SECTION.finditer(text)
]


def test_every_page_describes_traps() -> None:
    """Each page of the chapter has at least one trap, and every trap is found."""
    described = Counter(name for name, _, _ in TRAPS)
    headings = {name: text.count("\n### ") for name, text in PAGES.items()}
    assert headings == described
    assert all(headings.values())


@pytest.mark.parametrize(("page", "heading", "text"), TRAPS, ids=lambda part: part[:40])
def test_a_trap_cites_a_check(page: str, heading: str, text: str) -> None:
    """A trap is a claim: its section cites at least one check."""
    assert "{check}`" in text, f"{page}: {heading}"


def test_the_headings_of_traps_are_unique() -> None:
    """A heading is the trap's address and names one trap only in the chapter."""
    counted = Counter(heading for _, heading, _ in TRAPS)
    assert [] == [heading for heading, times in counted.items() if times > 1]


@pytest.mark.parametrize("page", PAGES)
def test_the_chapter_lists_the_page(page: str) -> None:
    """The first page of the chapter links each page, in its text and its contents."""
    text, _, contents = INDEX.partition(HIDDEN)
    assert f"]({page})" in text
    assert page.removesuffix(".md") in contents.split()
