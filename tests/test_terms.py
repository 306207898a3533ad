"""The Chinese pages use one word for one thing, and the lists of pages are whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from crosswalk.website import catalogue

TERMS = {  # English: what the Chinese says, what it must not say
    r"\bbadges?\b": ("徽标", "标记"),
    r"\bverdicts?\b": ("判定", None),
}
ONE_WORD = {  # English of a message that holds it: the Chinese that it must not use
    r'\*\*same\*\*|[“"]same[”"]': "相同",
}
MESSAGES = catalogue.translations(catalogue.read(ROOT / catalogue.PATH))
HIDDEN = "```{toctree}\n:hidden:\n"


def listing_pages() -> Iterator[Path]:
    """Yield the pages whose prose is the list of the pages below them.

    The overviews of the reference list theirs in a table that is computed.
    """
    for page in sorted((ROOT / "docs").glob("*/*.md")):
        text = page.read_text("utf-8")
        if HIDDEN in text and "{parity-" not in text:
            yield page


@pytest.mark.parametrize("english", TERMS)
def test_a_term_has_one_translation(english: str) -> None:
    """Every message with the English term has the Chinese one, and no synonym."""
    wanted, banned = TERMS[english]
    found = {
        text: chinese
        for text, chinese in MESSAGES.items()
        if re.search(english, catalogue.ROLE.sub("", text), re.IGNORECASE)
        and catalogue.has_words(text)
    }
    assert found
    wrong = [
        text
        for text, chinese in found.items()
        if wanted not in chinese or (banned and banned in chinese)
    ]
    assert [] == wrong


@pytest.mark.parametrize("english", ONE_WORD)
def test_a_verdict_has_one_name(english: str) -> None:
    """A message that quotes the verdict "same" calls it 一致."""
    found = [text for text in MESSAGES if re.search(english, text)]
    assert found
    assert [] == [text for text in found if ONE_WORD[english] in MESSAGES[text]]


def test_no_english_article_is_left() -> None:
    """Chinese sentences have no English article in front of code."""
    article = re.compile(r"(?<![\w`.])(?:an?|the) `")
    assert [] == [t for t, chinese in MESSAGES.items() if article.search(chinese)]


@pytest.mark.parametrize("page", [*listing_pages()], ids=lambda page: page.parent.name)
def test_an_index_page_links_all_pages_below_it(page: Path) -> None:
    """A page in the table of contents is in the text, where readers look for it."""
    text = page.read_text("utf-8")
    prose, _, listed = text.partition(HIDDEN)
    names = re.findall(r"^(?:.*<)?([\w/.-]+)>?$", listed, re.MULTILINE)
    assert names
    assert [] == [name for name in names if f"{name}.md" not in prose]


def test_the_architecture_page_lists_each_folder_and_module_once() -> None:
    """The tables of folders and of modules name what is there, nothing twice."""
    page = (ROOT / "docs/contribute/architecture.md").read_text("utf-8")
    _, _, folders = page.partition("## Folders")
    folders, _, modules = folders.partition("## Modules")
    modules, _, _ = modules.partition("## Data flow")
    first = re.compile(r"^\| `([\w/.]+)` \|", re.MULTILINE)
    there = [
        f"{path.name}/" if path.is_dir() else path.stem
        for path in (ROOT / "src/crosswalk").iterdir()
        if path.suffix == ".py" or any(path.glob("*.py"))
        if path.name != "__init__.py"
    ]
    assert sorted(there) == sorted(first.findall(modules))
    names = first.findall(folders)
    assert sorted(set(names)) == sorted(names)
    assert [] == [name for name in names if not (ROOT / name).exists()]
