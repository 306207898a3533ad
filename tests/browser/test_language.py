"""The switch and the root page lead to the reader's language and keep the place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.served import HTML, LANGUAGES, SCREENS

OTHER = {"en": "zh", "zh": "en"}
PAGE = "guide/weight-decay.html"
KINDS = (
    "index.html",
    PAGE,
    "reference/optimizers/sgd.html",
    "genindex.html",
    "search.html",
    "404.html",
)


def switch(page: Page) -> Page:
    """Click on the visible link to the other language."""
    page.locator("a[data-language]:visible").click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_switch_is_seen_and_keeps_the_page(
    open_page: Callable, site: str, kind: str, language: str, screen: str
) -> None:
    """One switch shows on every screen, without a menu, and leads to the page."""
    page = open_page(f"{language}/{kind}", screen)
    links = page.locator("a[data-language]:visible")
    expect(links).to_have_count(1)
    assert page.locator("html").get_attribute("lang").startswith(language)
    switch(page)
    assert f"{site}{OTHER[language]}/{kind}" == page.url
    assert page.locator("html").get_attribute("lang").startswith(OTHER[language])


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_works_without_script(
    open_page: Callable,
    site: str,
    language: str,
    javascript: bool,  # noqa: FBT001
) -> None:
    """The link is a link; a script adds to it and does not make it."""
    page = open_page(f"{language}/{PAGE}", "phone", java_script_enabled=javascript)
    assert f"{site}{OTHER[language]}/{PAGE}" == switch(page).url


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_keeps_query_and_fragment(
    open_page: Callable, site: str, language: str
) -> None:
    """Also a fragment that the reader came to on the page."""
    page = open_page(f"{language}/{PAGE}?framework=mindspore#first")
    heading = page.locator("article section section").first.get_attribute("id")
    page.evaluate("(id) => { location.hash = id }", heading)
    wanted = f"{site}{OTHER[language]}/{PAGE}?framework=mindspore#{heading}"
    link = page.locator("a[data-language]:visible")
    expect(link).to_have_js_property("href", wanted)
    assert wanted == switch(page).url
    assert page.locator(f'[id="{heading}"]').count() == 1


def test_the_switch_keeps_a_search(open_page: Callable, site: str) -> None:
    """What was searched for is searched for in the other language."""
    page = open_page("en/search.html?q=SGD")
    assert f"{site}zh/search.html?q=SGD" == switch(page).url


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh-TW", "zh"), ("en-GB", "en"), ("fr-FR", "en")],
)
def test_the_root_leads_to_the_readers_language(
    open_page: Callable, site: str, locale: str, language: str
) -> None:
    """The browser's language decides, and query and fragment are kept."""
    page = open_page("?framework=mindspore#main-content", locale=locale)
    page.wait_for_url(f"{site}{language}/index.html?framework=mindspore#main-content")


def test_the_root_remembers_the_choice(open_page: Callable, site: str) -> None:
    """A language that was chosen comes before the browser's."""
    page = open_page("en/index.html", locale="en-GB")
    switch(page)
    page.goto(site)
    page.wait_for_url(f"{site}zh/index.html")


def test_the_root_works_without_script(open_page: Callable, site: str) -> None:
    """Without script, the root offers both languages as links."""
    page = open_page("", java_script_enabled=False)
    page.get_by_role("link", name="中文").click()
    page.wait_for_url(f"{site}zh/index.html")


def test_the_switch_works_from_a_file(open_page: Callable) -> None:
    """The site needs no server: the switch leads from file to file."""
    page = open_page((HTML / "en" / PAGE).as_uri())
    assert (HTML / "zh" / PAGE).as_uri() == switch(page).url
