"""A page that is not there says so in the reader's language, and leads on."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from browser.served import LANGUAGES

DEEP = "guide/no/such/page.html?framework=mindspore#there"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a page whose failed requests are listed in ``page.failed``."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_root_404_shows_the_language_of_the_address(
    page: Page, site: str, language: str
) -> None:
    """At any depth, the language of the address comes first, and loads nothing."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    response = page.goto(f"{site}{language}/{DEEP}")
    assert response.status == 404
    assert page.locator("html").get_attribute("lang").startswith(language)
    tops = {
        code: page.locator(f"section:lang({code})").bounding_box()["y"]
        for code in LANGUAGES
    }
    assert language == min(tops, key=tops.get)
    assert [] == [url for url in asked[1:] if not url.endswith("/logo.svg")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_root_404_leads_home_and_to_the_other_language(
    page: Page, site: str, language: str
) -> None:
    """Both homes are there, and the same address in the other language."""
    page.goto(f"{site}{language}/{DEEP}")
    urls = page.locator("a").evaluate_all("(links) => links.map((a) => a.href)")
    other = "zh" if language == "en" else "en"
    homes = [f"{site}{folder}/index.html" for folder in LANGUAGES]
    assert [*homes, f"{site}{other}/{DEEP}"] == [
        url for url in [*homes, f"{site}{other}/{DEEP}"] if url in urls
    ]
    page.goto(urls[0])
    assert page.locator("article").count() == 1


def test_the_root_404_serves_an_address_without_language(page: Page, site: str) -> None:
    """Where the address names no language, the browser's comes first."""
    page.goto(f"{site}nothing/here")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("a").count() == 4


def test_the_404_can_be_read_without_script(chromium: Browser, site: str) -> None:
    """Without script both languages are there, with their links."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}zh/{DEEP}")
    assert page.locator("section:visible").count() == 2
    assert page.locator("a:visible").count() == 4
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_languages_404_is_whole_at_any_depth(
    page: Page, site: str, language: str
) -> None:
    """Where a host shows ``en/404.html`` for a deep address, all its parts load."""
    html = page.request.get(f"{site}{language}/404.html").text()
    deep = f"{site}{language}/{DEEP}"
    page.route(
        lambda url: url == deep.partition("#")[0],
        lambda route: route.fulfill(body=html, content_type="text/html"),
    )
    failed = []
    page.on("response", lambda r: r.status >= 400 and failed.append(r.url))
    page.goto(deep)
    assert [] == failed
    wanted = {"en": "Page not found", "zh": "页面不存在"}[language]
    assert wanted == page.locator("h1").inner_text()
    urls = page.locator("a[href]").evaluate_all("(links) => links.map((a) => a.href)")
    own = {url.partition("#")[0] for url in urls if url.startswith(site)}
    broken = [url for url in own if url != deep.partition("#")[0]]
    statuses = {url: page.request.get(url).status for url in broken}
    assert set(statuses.values()) == {200}, json.dumps(statuses, indent=1)
