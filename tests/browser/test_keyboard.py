"""The keyboard reaches and works everything, and shows where it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.served import LANGUAGES

# What a mouse can use on the page, in view or not; of radio buttons the chosen one.
USABLE = """() => {
  const found = document.querySelectorAll(
    "a[href], button, summary, input, select, textarea, [tabindex='0']");
  return [...found].filter((e) => e.checkVisibility({visibilityProperty: true})
    && e.tabIndex >= 0 && (e.type !== "radio" || e.checked));
}"""
# Which of them has the focus, and whether that can be seen.
FOCUSED = """() => {
  const e = document.activeElement;
  const shown = e.type === "radio" ? e.nextElementSibling : e;
  const parts = [shown, ...shown.querySelectorAll("*")];
  const styles = parts.flatMap((part) =>
    [getComputedStyle(part), getComputedStyle(part, "::after")]);
  const ring = styles.some((s) => s.outlineStyle !== "none" || s.boxShadow !== "none");
  return [window.usable.indexOf(e), ring, e.outerHTML.slice(0, 200)];
}"""


def walk(page: Page) -> tuple[set[int], list[str]]:
    """Press Tab until the end; return what had the focus and what did not show it."""
    count = page.evaluate(f"window.usable = ({USABLE})(), window.usable.length")
    reached, hidden = set(), []
    for _ in range(count + 5):
        page.keyboard.press("Tab")
        number, ring, html = page.evaluate(FOCUSED)
        reached.add(number)
        if number >= 0 and not ring:
            hidden.append(html)
    return reached, hidden


@pytest.mark.parametrize("screen", ["laptop", "phone"])
@pytest.mark.parametrize("path", ["en/index.html", "zh/reference/schedulers.html"])
def test_tab_reaches_everything_and_shows_where_it_is(
    open_page: Callable, path: str, screen: str
) -> None:
    """Each link, button, field and opener gets the focus, and shows it."""
    page = open_page(path, screen)
    reached, hidden = walk(page)
    names = page.evaluate("window.usable.map((e) => e.outerHTML.slice(0, 200))")
    assert names
    assert [] == [n for i, n in enumerate(names) if i not in reached]
    assert [] == hidden


def test_arrow_keys_change_the_tab(open_page: Callable) -> None:
    """In a comparison with tabs, an arrow key shows the other framework."""
    page = open_page("en/guide/weight-decay.html", "phone")
    comparison = page.locator(".comparison").first
    comparison.locator("input[type=radio]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(comparison.locator("[data-side=mindspore]")).to_be_visible()
    expect(comparison.locator("[data-side=pytorch]")).to_be_hidden()


def test_enter_opens_the_checks_of_a_mark(open_page: Callable) -> None:
    """A mark opens its list of checks, and the next stop leads to the first of them."""
    page = open_page("en/guide/weight-decay.html")
    mark = page.locator(".claim-mark").first
    mark.locator("button").focus()
    page.keyboard.press("Enter")
    expect(mark.locator(".mark-list")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checks/**#check-*")


def test_the_filters_work_by_keyboard(open_page: Callable) -> None:
    """A button above a table of verdicts is pressed with the space bar."""
    page = open_page("en/reference/optimizers.html")
    button = page.locator(".parity-filter button").first
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_opens_and_closes_by_keyboard(
    open_page: Callable, language: str
) -> None:
    """Ctrl+K opens the search with the focus in its field, Escape closes it."""
    page = open_page(f"{language}/index.html")
    dialog = page.locator("#pst-search-dialog")
    page.keyboard.press("Control+K")
    expect(dialog.locator("input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_colours_change_by_keyboard(open_page: Callable) -> None:
    """The menu of colours opens, and an entry is chosen."""
    page = open_page("en/index.html")
    page.locator(".theme-switch-button:visible").focus()
    page.keyboard.press("Enter")
    page.locator(".theme-change-button[data-mode=dark]:visible").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_skip_link_leads_past_the_bar(open_page: Callable) -> None:
    """The first stop of the keyboard leads to the content."""
    page = open_page("en/index.html")
    page.keyboard.press("Tab")
    expect(page.locator("#pst-skip-link a")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")


def test_the_language_changes_by_keyboard(open_page: Callable, site: str) -> None:
    """Enter on the switch leads to the other language."""
    page = open_page("en/index.html", "phone")
    page.locator("a[data-language]:visible").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}zh/index.html")
