"""Lines of both sides mark each other; names in code lead to the index of APIs."""

from collections.abc import Callable

import pytest

from browser.served import LANGUAGES, SCHEMES

LINE = '[data-side="{}"] .line[data-pair]'
MARKED = "lines => lines.map(line => line.closest('[data-side]').dataset.side)"
COLOUR = "line => getComputedStyle(line).backgroundColor"
BORDER = "line => getComputedStyle(line).borderLeftColor"
SELECTED = """pre => {
  getSelection().selectAllChildren(pre);
  return [getSelection().toString(), pre.textContent];
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pointing_at_a_line_marks_its_pair(
    open_page: Callable, language: str, scheme: str
) -> None:
    """Lines of both panels are marked while the pointer is on either of them."""
    page = open_page(f"{language}/index.html", "wide", scheme)
    for side in ("pytorch", "mindspore"):
        line = page.locator(f"{LINE.format(side)} >> visible=true").first
        before = line.evaluate(COLOUR)
        line.hover()
        marked = page.locator(".line.partner")
        assert {"pytorch", "mindspore"} == set(marked.evaluate_all(MARKED))
        assert before != line.evaluate(COLOUR)
        page.locator("h1").hover()
        assert 0 == marked.count()


def test_the_focus_marks_a_pair_too(open_page: Callable) -> None:
    """A name that the keyboard reaches marks the lines of its pair."""
    page = open_page("en/index.html", "wide")
    page.locator(f"{LINE.format('pytorch')} a.api >> visible=true").first.focus()
    assert page.locator(".line.partner").count() >= 2


def test_a_tap_marks_the_line_in_the_other_tab(open_page: Callable) -> None:
    """On a phone the mark stays when the reader goes to the other tab."""
    path = "en/guide/how-the-rate-works.html"
    page = open_page(path, "phone", has_touch=True, is_mobile=True)
    # A line without a link, nor one beside it: a tap near a link follows it.
    page.locator(f"{LINE.format('pytorch')}:not(:has(a)) >> visible=true").first.tap()
    page.locator(".sd-tab-set > label").nth(1).tap()
    marked = page.locator('[data-side="mindspore"] .line.partner')
    assert marked.first.is_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_that_differ_are_marked(open_page: Callable, scheme: str) -> None:
    """Words that the other side lacks have a ground, lines without partner a bar."""
    page = open_page("en/index.html", "wide", scheme)
    marked = page.locator('[data-marked="few"] [data-side="pytorch"]').first
    line = marked.locator(".line[data-pair]").first
    word, alone = marked.locator(".word").first, marked.locator(".line.alone").first
    assert line.evaluate(COLOUR) != word.evaluate(COLOUR)
    assert line.evaluate(BORDER) != alone.evaluate(BORDER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_selected_code_is_the_code(open_page: Callable, language: str) -> None:
    """Code that is selected and copied by hand has its lines, and no others."""
    page = open_page(f"{language}/guide/training-step.html", "wide")
    codes = page.locator("[data-side] .highlight-python pre >> visible=true")
    assert codes.count() > 5
    for number in range(codes.count()):
        selected, text = codes.nth(number).evaluate(SELECTED)
        assert text.strip("\n") == selected.strip("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_in_code_leads_to_its_entry(open_page: Callable, language: str) -> None:
    """A click on a name opens the index of APIs where its entry is."""
    page = open_page(f"{language}/guide/training-step.html", "wide")
    link = page.locator('[data-side="pytorch"] a.api >> visible=true').first
    name = link.get_attribute("title")
    link.click()
    page.wait_for_url(f"**/{language}/apis.html#{name}")
    entry = page.locator(f'[id="{name}"]')
    box, height = entry.bounding_box(), page.viewport_size["height"]
    assert 0 <= box["y"] < height


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_can_be_searched(open_page: Callable, language: str) -> None:
    """Part of a name leaves the entries that have it, and no empty module."""
    page = open_page(f"{language}/apis.html")
    entries = page.locator(".api-entry >> visible=true")
    whole = entries.count()
    page.locator(".api-filter").fill("lambdalr")
    names = [n.lower() for n in entries.evaluate_all("es => es.map(e => e.id)")]
    assert names
    assert all("lambdalr" in name for name in names)
    modules = page.locator("section:has(> .apis) >> visible=true")
    assert 2 == modules.count()
    page.locator(".api-filter").fill("")
    assert whole == entries.count()


def test_a_link_to_a_check_opens_it(open_page: Callable) -> None:
    """An entry that one check uses leads to that check."""
    page = open_page("en/apis.html")
    page.locator('details:has([id="torch.tanh"]) > summary').first.click()
    page.locator('[id="torch.tanh"] .api-places a').nth(1).click()
    page.wait_for_url("**/guide/training-step.html#check-*")
    target = page.url.partition("#")[2]
    assert page.locator(f'[id="{target}"]').is_visible()
