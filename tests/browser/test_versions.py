"""The choice of a version in the browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.served import LANGUAGES
from browser.test_accessibility import violations

PAGE = "guide/training-step.html"
OTHER = "reference/optimizers/sgd.html"
PLACE = ".comparison > .where"


def switch(page: Page) -> object:
    """Return the choice that is visible."""
    return page.locator(".version-switch select:visible")


def versions(page: Page) -> list[str]:
    """Return what can be chosen, the newest first."""
    return page.locator(".version-switch select").first.evaluate(
        "(select) => [...select.options].map((option) => option.value)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_shows_what_its_version_showed(
    open_page: Callable, language: str
) -> None:
    """What is for other versions goes, what is for the chosen one comes."""
    page = open_page(f"{language}/{PAGE}")
    newest, *_, oldest = versions(page)
    built = switch(page).input_value()
    assert built in {newest, oldest} or built in versions(page)
    chosen = next(v for v in (oldest, newest) if v != built)
    switch(page).select_option(chosen)
    place = page.locator(f"{PLACE}:visible").first
    expect(place).to_contain_text(f"mindspore {chosen}")
    marked = page.locator("[data-version]").evaluate_all(
        "(all) => all.map((e) => [e.dataset.version.split(' '), e.hidden])"
    )
    assert all((chosen not in those) == hidden for those, hidden in marked)
    switch(page).select_option(built)
    expect(page.locator(f"{PLACE}:visible").first).to_contain_text(built)


def test_a_choice_is_kept(open_page: Callable) -> None:
    """It holds after a reload, on other pages, and in the other language."""
    page = open_page(f"en/{PAGE}")
    built = switch(page).input_value()
    chosen = next(v for v in versions(page) if v != built)
    switch(page).select_option(chosen)
    page.reload()
    expect(switch(page)).to_have_value(chosen)
    root = page.url.partition("en/")[0]
    for path in (f"en/{OTHER}", f"zh/{PAGE}"):
        page.goto(root + path)
        expect(switch(page)).to_have_value(chosen)
        assert 0 == page.locator(f"[data-version='{built}']:visible").count()


def test_a_badge_changes_where_its_check_does(open_page: Callable) -> None:
    """Of each check one badge is visible, whatever version is chosen."""
    page = open_page("en/traps/no-training.html")
    count = page.locator(".check-badge:visible").count()
    for version in versions(page) if page.locator(".version-switch").count() else []:
        switch(page).select_option(version)
        assert count == page.locator(".check-badge:visible").count()


def test_a_forgotten_version_is_no_choice(open_page: Callable) -> None:
    """Where a chosen version is no longer recorded, the build's is shown."""
    page = open_page(f"en/{PAGE}")
    built = switch(page).input_value()
    page.evaluate("localStorage.setItem('crosswalk-mindspore', '0.1.0')")
    page.reload()
    expect(switch(page)).to_have_value(built)


def test_the_choice_works_by_keyboard_and_has_a_name(open_page: Callable) -> None:
    """It is a list called MindSpore, which the arrow keys change."""
    page = open_page(f"en/{PAGE}")
    found = page.get_by_role("combobox", name="MindSpore").first
    found.focus()
    before = found.input_value()
    page.keyboard.press("ArrowDown" if before == versions(page)[0] else "ArrowUp")
    assert before != found.input_value()
    expect(page.locator(f"{PLACE}:visible").first).to_contain_text(found.input_value())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [PAGE, OTHER])
def test_a_narrow_screen_has_room_for_it(
    open_page: Callable, kind: str, language: str
) -> None:
    """On 360 pixels no page is wider than the window, whatever is chosen."""
    page = open_page(f"{language}/{kind}")
    page.set_viewport_size({"width": 360, "height": 740})
    for version in versions(page):
        switch(page).select_option(version)
        assert 360 == page.evaluate("document.documentElement.scrollWidth")


def test_axe_finds_no_violation_on_another_version(open_page: Callable) -> None:
    """What comes with another version is as accessible as the build's."""
    page = open_page(f"en/{PAGE}")
    switch(page).select_option(versions(page)[-1])
    keep = "[...document.querySelectorAll('.comparison')].slice(2)"
    page.evaluate(f"{keep}.forEach((e) => e.remove())")
    assert [] == violations(page)


def test_without_script_there_is_no_dead_choice(open_page: Callable) -> None:
    """A page then shows what the build saw, and nothing of other versions."""
    page = open_page(f"en/{PAGE}", java_script_enabled=False)
    assert 0 == page.locator(".version-switch:visible").count()
    built = page.locator(".version-switch select").first.get_attribute("data-built")
    shown = page.locator("[data-version]:visible").evaluate_all(
        "(all) => all.map((e) => e.dataset.version.split(' '))"
    )
    assert all(built in those for those in shown)
