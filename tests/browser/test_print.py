"""On paper a page is complete: both sides, no controls, links that can be read."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.served import LANGUAGES, SCHEMES

PAGE = "guide/how-the-rate-works.html"


@pytest.fixture(params=[(x, y) for x in LANGUAGES for y in SCHEMES])
def printed(open_page: Callable, request: pytest.FixtureRequest) -> Page:
    """Return a page as it is printed."""
    language, scheme = request.param
    page = open_page(f"{language}/{PAGE}", "tablet", scheme)
    page.emulate_media(media="print")
    return page


def test_both_sides_are_printed_below_each_other(printed: Page) -> None:
    """Paper has no tabs: each comparison shows PyTorch, then MindSpore."""
    for comparison in printed.locator(".comparison").all():
        torch, mindspore = (
            s.bounding_box() for s in comparison.locator("[data-side]").all()
        )
        assert torch["height"] > 50
        assert mindspore["y"] >= torch["y"] + torch["height"]


def test_setup_is_printed(printed: Page) -> None:
    """A folded setup is opened on paper."""
    for code in printed.locator("details.setup .highlight").all():
        assert code.bounding_box()["height"] > 10
        assert code.is_visible()


@pytest.mark.parametrize(
    "control",
    [
        "#pst-header",
        ".bd-sidebar-primary",
        ".bd-sidebar-secondary",
        ".comparison-layout",
        ".comparison label",
        ".copybtn",
        ".prev-next-footer",
    ],
)
def test_controls_are_not_printed(printed: Page, control: str) -> None:
    """What can only be clicked is left out."""
    found = printed.locator(control)
    assert found.count() > 0
    assert not any(element.is_visible() for element in found.all())


def test_paper_is_white(printed: Page) -> None:
    """The colours are those of the light scheme, whatever the screen's is."""
    style = "getComputedStyle(document.body)"
    assert "rgb(255, 255, 255)" == printed.evaluate(f"{style}.backgroundColor")
    code = printed.locator(".comparison .highlight .o:visible").first
    assert "rgb(0, 0, 0)" == code.evaluate("(e) => getComputedStyle(e).color")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cheat_sheet_fits_on_two_pages(open_page: Callable, language: str) -> None:
    """Both sides stay beside each other, which a reader can pin to a wall."""
    document = open_page(f"{language}/cheat-sheet.html").pdf(format="A4")
    assert 2 == len(re.findall(rb"/Type\s*/Page\b", document))
