"""What other programs read of the site: Markdown, lists of pages, the sitemap."""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from test_site import (
    HTML,
    LANGUAGES,
    SITE_URL,
    comparisons,
    is_broken,
    is_written,
    pages,
    read,
    without_comments,
)

# Not what is there for other versions than the build's.
SHOWN = ":not([hidden], [hidden] *)"
FENCE = re.compile(r"^ *(`{3,})(\w*)\n(.*?)\n *\1$", re.MULTILINE | re.DOTALL)
TAG = re.compile(r"(?<!\\)</?[a-z][^>]*>", re.IGNORECASE)
LINK = re.compile(r"\]\(([^) ]+)")
WRITTEN = [*filter(is_written, pages("en"))]
NAMESPACES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@cache
def markdown(language: str, name: str) -> str:
    """Return the Markdown beside the page ``name``."""
    return (HTML / language / name).with_suffix(".md").read_text("utf-8")


def prose(text: str) -> str:
    """Return Markdown without its code, in fences and in lines."""
    return re.sub(r"(`+).*?\1", "", FENCE.sub("", text))


def stripped(text: str) -> str:
    """Return a heading without what Markdown adds to it."""
    return re.sub(r"[\\`]", "", text).strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITTEN)
def test_markdown_holds_all_code_and_output(name: str, language: str) -> None:
    """Each snippet of a page's comparisons, and what it printed, is in the Markdown."""
    page = read(HTML / language / name)
    fences = FENCE.findall(markdown(language, name))
    code = [without_comments(text) for _, kind, text in fences if kind == "python"]
    wanted = [
        without_comments(cell.source)
        for tag in page.select("div.comparison")
        for side in comparisons()[tag["data-comparison"]].sides
        for cell in side.cells
        if not cell.is_setup
    ]
    assert [] == [cell for cell in wanted if cell not in code]
    outputs = {text for _, kind, text in fences if kind == "text"}
    found = page.select(f".side-output pre{SHOWN}")
    printed = [tag.get_text().strip("\n") for tag in found]
    assert [] == [text for text in printed if text not in outputs]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITTEN)
def test_markdown_holds_headings_statements_and_no_html(
    name: str, language: str
) -> None:
    """Headings, links to checks and verdicts are there; tags are not."""
    page, text = read(HTML / language / name), markdown(language, name)
    headings = [
        tag.get_text().removesuffix("#").strip()
        for tag in page.select("article :is(h1, h2, h3, h4, h5, h6)")
    ]
    lines = FENCE.sub("", text).split("\n")
    found = [stripped(line.lstrip("#")) for line in lines if re.match("#+ ", line)]
    assert found == headings
    checks = {tag["href"] for tag in page.select("article .check > a")}
    assert [] == [href for href in checks if href not in text]
    folded = {id(tag) for tag in page.select("details .verdict")}
    found = page.select(f"article .verdict{SHOWN}")
    verdicts = {tag.get_text() for tag in found if id(tag) not in folded}
    assert [] == [verdict for verdict in verdicts if verdict not in text]
    assert [] == TAG.findall(prose(text))
    assert "¶" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_leads_to_its_markdown(name: str, language: str) -> None:
    """The page's head and its end link to the Markdown, whose links are whole."""
    page, path = read(HTML / language / name), HTML / language / name
    wanted = path.with_suffix(".md").name
    head = page.select_one('head link[type="text/markdown"]')
    assert [wanted] * 2 == [head["href"], page.select_one(".markdown-link a")["href"]]
    links = [
        link.partition("#")[0] for link in LINK.findall(prose(markdown(language, name)))
    ]
    assert [] == [link for link in links if is_broken(path, link)]


@pytest.mark.parametrize("folder", ["", *LANGUAGES])
def test_llms_txt_lists_every_page(folder: str) -> None:
    """Title, summary, then each page's Markdown, of English at the root."""
    path = HTML / folder / "llms.txt"
    text = path.read_text("utf-8")
    assert re.match(r"# Crosswalk\n\n> .+\n\n## ", text)
    links = set(LINK.findall(text))
    assert [] == [link for link in links if not (path.parent / link).is_file()]
    prefix = "" if folder else "en/"
    wanted = {prefix + name.replace(".html", ".md") for name in WRITTEN}
    assert [] == sorted(wanted - links)


def test_llms_txt_describes_pages() -> None:
    """Each page that begins with prose has its first sentence in the list."""
    for language in LANGUAGES:
        text = (HTML / language / "llms.txt").read_text("utf-8")
        bare = re.findall(r"^- \[[^]]*\]\([^)]*\)$", text, re.MULTILINE)
        assert [] == [entry for entry in bare if "(api/" not in entry]


def test_the_sitemap_names_every_page_in_both_languages() -> None:
    """Each page stands there once per language, with its alternates."""
    root = ET.parse(HTML / "sitemap.xml").getroot()  # noqa: S314 - our own file
    found = {}
    for url in root.findall("map:url", NAMESPACES):
        links = url.findall("xhtml:link", NAMESPACES)
        location = url.find("map:loc", NAMESPACES).text
        found[location] = {link.get("hreflang"): link.get("href") for link in links}
    names = [*WRITTEN, *(name for name in pages("en") if name.startswith("checks/"))]
    wanted = {f"{SITE_URL}{folder}/{name}" for folder in LANGUAGES for name in names}
    assert wanted == set(found)
    for location, links in found.items():
        assert {"en", "zh-CN", "x-default"} == set(links)
        assert location in links.values()
    sitemap = f"Sitemap: {SITE_URL}sitemap.xml"
    assert sitemap in (HTML / "robots.txt").read_text("utf-8").splitlines()


def test_the_root_holds_no_placeholder() -> None:
    """Every address in the root's files is filled in."""
    for path in filter(Path.is_file, HTML.iterdir()):
        assert "@SITE" not in path.read_text("utf-8"), path.name
