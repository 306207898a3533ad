"""Each page says what it is in its own language, and leads to the other one."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Comment, NavigableString
from conftest import ROOT
from test_site import HTML, LANGUAGES, SITE_URL, is_written, pages, read

from crosswalk.sphinx.output.addresses import first_sentences
from crosswalk.website.root import LANGUAGES as TAGS

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAMES = [name for name in pages("en") if name != "404.html"]
WRITTEN = [*filter(is_written, NAMES)]
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt")


def meta(page: BeautifulSoup, name: str) -> str:
    """Return the content of a page's ``meta``, by name or property."""
    found = page.select(f'meta[name="{name}"], meta[property="{name}"]')
    assert len(found) == 1, name
    return found[0]["content"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_names_its_address_in_each_language(name: str, language: str) -> None:
    """Language, canonical address and the same page in the other language."""
    page = read(HTML / language / name)
    assert TAGS[language] == page.html["lang"]
    canonical = page.select_one("link[rel=canonical]")["href"]
    assert f"{SITE_URL}{language}/{name}" == canonical
    found = {t["hreflang"]: t["href"] for t in page.select("link[hreflang]")}
    default = SITE_URL if name == "index.html" else f"{SITE_URL}en/{name}"
    wanted = {tag: f"{SITE_URL}{folder}/{name}" for folder, tag in TAGS.items()}
    assert {**wanted, "x-default": default} == found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", pages("en"))
def test_a_page_links_to_the_other_language(name: str, language: str) -> None:
    """The switch is in the bar, and leads to the same page."""
    page = read(HTML / language / name)
    other = "zh" if language == "en" else "en"
    links = page.select("header a[data-language]")
    assert links
    for link in links:
        assert link["href"].endswith(f"../{other}/{name}")
        assert TAGS[other] == link["hreflang"] == link["lang"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_describes_itself(name: str, language: str) -> None:
    """Title and description, as a search engine and a shared link show them."""
    page = read(HTML / language / name)
    description = meta(page, "description")
    assert description == meta(page, "og:description")
    assert bool(CHINESE.search(description)) == (language == "zh")
    assert re.search("[.:!?。：！？]$", description)
    assert meta(page, "og:title") in page.title.string
    assert f"{SITE_URL}{language}/{name}" == meta(page, "og:url")
    assert {"en": "en_US", "zh": "zh_CN"}[language] == meta(page, "og:locale")
    assert (HTML / meta(page, "og:image").removeprefix(SITE_URL)).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_descriptions_tell_pages_apart(language: str) -> None:
    """No two pages have the same description."""
    texts = [meta(read(HTML / language / name), "description") for name in WRITTEN]
    assert [] == [text for text in set(texts) if texts.count(text) > 1]


@pytest.mark.parametrize("name", WRITTEN)
def test_anchors_are_the_same_in_both_languages(name: str) -> None:
    """The switch can keep the place: each heading has one id in both languages."""
    found = [
        [tag["id"] for tag in read(HTML / language / name).select("section[id]")]
        for language in LANGUAGES
    ]
    assert found[0] == found[1]


@cache
def interface() -> set[str]:
    """Return the English words of the theme, and those that we add."""
    theme = files("pydata_sphinx_theme") / "locale/zh/LC_MESSAGES/sphinx.po"
    ours = ROOT / "docs/locale/zh_CN/LC_MESSAGES/sphinx.po"
    found = set()
    for path in (Path(str(theme)), ours):
        with path.open("rb") as file:
            found.update(message.id for message in read_po(file) if message.id)
    return found


@pytest.mark.parametrize("name", pages("zh"))
def test_no_word_of_the_theme_is_left_in_english(name: str) -> None:
    """Texts, titles, labels and placeholders of the theme are Chinese."""
    page = BeautifulSoup((HTML / "zh" / name).read_text("utf-8"), "html.parser")
    for tag in page.select("script, style, pre, code, [lang=en]"):
        tag.decompose()
    texts = {
        " ".join(text.split())
        for text in page.find_all(string=True)
        if type(text) is NavigableString and not isinstance(text, Comment)
    }
    texts |= {t[a] for a in ATTRIBUTES for t in page.find_all(attrs={a: True})}
    assert set() == texts & interface()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One sentence. Another one.", "One sentence. Another one."),
        ("Use `nn.SGD` here. " + "x" * 300 + ".", "Use `nn.SGD` here."),
        ("一句话。" + "字" * 120 + "。", "一句话。"),
        ("x" * 300 + ".", "x" * 300 + "."),
        ("", ""),
    ],
)
def test_a_description_is_made_of_whole_sentences(text: str, wanted: str) -> None:
    """As many sentences as fit, at least one, and no dot inside a name ends one."""
    assert wanted == first_sentences(text)
