"""What ``make html`` built says the same in both languages, and only what ran."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Comment, NavigableString
from conftest import ROOT

from crosswalk.comparisons.discover import discover
from crosswalk.model import Comparison
from crosswalk.website.root import path_of, site_url

HTML = ROOT / "_build" / "html"
LANGUAGES = ("en", "zh")
SITE_URL = site_url()
SITE_PATH = path_of(SITE_URL)
GENERATED = ("genindex.html", "search.html", "py-modindex.html")


def is_written(name: str) -> bool:
    """Return whether a page has a source: those of checks and of Sphinx have none."""
    return name not in {*GENERATED, "404.html"} and not name.startswith("checks/")


@cache
def read(path: Path) -> BeautifulSoup:
    """Return a built page."""
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@cache
def pages(language: str) -> list[str]:
    """Return the names of the built pages of ``language``."""
    folder = HTML / language
    assert folder.is_dir(), "run `make html` first"
    names = (str(path.relative_to(folder)) for path in folder.rglob("*.html"))
    return sorted(name for name in names if not name.startswith("_"))


@cache
def comparisons() -> dict[str, Comparison]:
    """Return the site's comparisons by id."""
    return discover(ROOT / "examples").comparisons


def without_comments(code: str) -> str:
    """Return code as it is in every language."""
    lines = (re.sub(r"(^|\s)# .*$", "", line).rstrip() for line in code.splitlines())
    return "\n".join(line for line in lines if line)


@cache
def executed() -> set[str]:
    """Return all code that a build executes, without comments."""
    found = set()
    for comparison in comparisons().values():
        for side in comparison.sides:
            found.update(cell.source for cell in side.cells)
            found.add(side.path.read_text("utf-8"))
        found.update(check.source for check in comparison.checks)
        found.update(h.source for check in comparison.checks for h in check.helpers)
        found.update(h.source for check in comparison.checks for h in check.helpers)
        found.add(comparison.checks[0].path.read_text("utf-8"))
    return {without_comments(code) for code in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_python_block_was_executed(language: str) -> None:
    """Each Python block of each page is part of a side or of checks that ran."""
    count = 0
    for name in pages(language):
        page = read(HTML / language / name)
        for block in page.select('[class*="highlight-py"], [class*="highlight-ipy"]'):
            count += 1
            code = without_comments(block.get_text())
            assert code in executed(), f"{language}/{name}: not executed:\n{code}"
        assert not page.select(".highlight-default"), name
    assert count > 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_comparison_is_shown_with_both_sides(language: str) -> None:
    """Each comparison is on a page, all green, with the output that was stored."""
    shown = Counter()
    for name in pages(language):
        for tag in read(HTML / language / name).select("div.comparison"):
            shown[tag["data-comparison"]] += 1
            sides = [side["data-side"] for side in tag.select("[data-side]")]
            assert sides == ["pytorch", "mindspore"], tag["data-comparison"]
    assert set(shown) == set(comparisons())


def shape(language: str, name: str) -> dict[str, object]:
    """Return what must be equal in both languages of a page."""
    page = read(HTML / language / name)
    main = page.select_one("article") or page
    return {
        "headings": [tag.name for tag in main.select("h1, h2, h3, h4")],
        "tables": [len(tag.select("tr")) for tag in main.select("table")],
        "lists": len(main.select("li")),
        "comparisons": [t["data-comparison"] for t in main.select("div.comparison")],
        "badges": Counter(
            t.get("data-check") or t["data-measurement"]
            for t in main.select(".check-badge")
        ),
        "status": {t["data-status"] for t in main.select(".check-badge")},
        "code": [
            without_comments(t.get_text())
            for t in main.select("[data-side] pre:not(.not-passed)")
        ],
    }


@pytest.mark.parametrize("name", [n for n in pages("en") if n not in GENERATED])
def test_both_languages_have_the_same_shape(name: str) -> None:
    """Headings, tables, lists, comparisons, badges and code are the same."""
    assert shape("en", name) == shape("zh", name)


def test_both_languages_have_the_same_pages() -> None:
    """No page is missing in a language."""
    assert pages("en") == pages("zh")


def test_all_badges_are_green() -> None:
    """On a machine that passes, every badge of the build's version says so."""
    statuses = set()
    for name in pages("en"):
        badges = read(HTML / "en" / name).select(".check-badge:not([hidden])")
        statuses.update(badge["data-status"] for badge in badges)
    assert statuses == {"passed"}


SENTENCE = re.compile(r"\b[A-Za-z]+(?:,? [a-z]{2,}){3,}")
NOT_PROSE = "pre, code, script, style, .sig, table.measured, .headerlink, [lang=en]"


@pytest.mark.parametrize("name", pages("zh"))
def test_no_english_sentence_is_left_in_chinese(name: str) -> None:
    """Outside code, no Chinese page has four English words in a row."""
    page = BeautifulSoup((HTML / "zh" / name).read_text("utf-8"), "html.parser")
    for tag in page.select(NOT_PROSE):
        tag.decompose()
    texts = [
        str(text)
        for text in page.find_all(string=True)
        if type(text) is NavigableString and not isinstance(text, Comment)
    ]
    attributes = ("title", "aria-label", "placeholder", "alt", "data-label")
    texts += [tag[a] for a in attributes for tag in page.find_all(attrs={a: True})]
    left = [" ".join(m[0].split()) for t in texts for m in SENTENCE.finditer(t)]
    assert [] == left


@cache
def anchors(path: Path) -> set[str]:
    """Return the ids that links can lead to on a built page."""
    return {tag["id"] for tag in read(path).find_all(id=True)}


def is_broken(path: Path, link: str) -> bool:
    """Whether a link on the page ``path`` leads to no file or to no element."""
    target, _, fragment = unquote(link).partition("#")
    if re.match(r"[a-z]+:", target):
        return False
    if target.startswith("/"):  # only the 404 pages have whole paths
        target = str(HTML / target.removeprefix(SITE_PATH))
    file = (path.parent / target).resolve() if target else path
    file = file / "index.html" if file.is_dir() else file
    if not file.exists():
        return True
    return bool(fragment) and file.suffix == ".html" and fragment not in anchors(file)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_inside_the_site_lead_somewhere(language: str) -> None:
    """Every relative link has its file, and every fragment its element."""
    broken = [
        f"{name}: {tag['href']}"
        for name in pages(language)
        for tag in read(HTML / language / name).select("a[href]")
        if is_broken(HTML / language / name, tag["href"])
    ]
    assert [] == broken


# Other links name an address and load nothing.
LOADED = "link[rel~=stylesheet], link[rel~=icon], link[rel=preload]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_loaded_from_another_host(language: str) -> None:
    """Scripts, styles, images and fonts come with the site."""
    for name in pages(language):
        page = read(HTML / language / name)
        for tag in page.select(f"script[src], img[src], {LOADED}"):
            url = tag.get("src") or tag["href"]
            assert not url.startswith(("http:", "https:", "//")), f"{name}: {url}"


def test_the_root_leads_to_both_languages() -> None:
    """Without scripts, the root page has a plain link for each language."""
    links = {tag["href"] for tag in read(HTML / "index.html").select("a")}
    assert links == {"en/index.html", "zh/index.html"}


# Not those for other versions than the build's.
EVIDENCE = "table.evidence .check-badge:not([hidden])"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_check_has_its_row_of_evidence(language: str) -> None:
    """The tables of all topics have each check once, under its own topic."""
    expected = {
        f"{comparison}#{check.name}": comparison.partition("/")[0]
        for comparison, found in comparisons().items()
        for check in found.checks
    }
    actual = [
        (badge["data-check"], Path(name).stem)
        for name in pages(language)
        for badge in read(HTML / language / name).select(EVIDENCE)
    ]
    assert sorted(expected.items()) == sorted(actual)


def test_the_evidence_is_complete() -> None:
    """``evidence.json`` holds every check, passed, measured and in both languages."""
    data = json.loads((HTML / "evidence.json").read_text("utf-8"))
    found = [comparison["id"] for comparison in data["comparisons"]]
    assert found == sorted(comparisons())
    for comparison in data["comparisons"]:
        assert comparison["pages"], comparison["id"]
        for check in comparison["checks"]:
            assert check["status"] == "passed", check["id"]
            assert check["measured"], check["id"]
            assert check["statement"]["zh"], check["id"]
