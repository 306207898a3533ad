"""Without JavaScript everything can be read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.served import LANGUAGES, SCHEMES

PAGE = "guide/how-the-rate-works.html"


@pytest.fixture
def plain(open_page: Callable) -> Callable[..., Page]:
    """Return a function that opens a page without JavaScript."""
    return lambda *where: open_page(*where, java_script_enabled=False)


def luminance(colour: str) -> float:
    """Return how bright ``rgb(r, g, b)`` is, from 0 to 255."""
    return sum(map(float, colour.strip("rgb()").split(", "))) / 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("framework", ["PyTorch", "MindSpore"])
def test_both_tabs_can_be_read(plain: Callable, framework: str, language: str) -> None:
    """A tab shows its code and its outputs."""
    page = plain(f"{language}/{PAGE}", "phone")
    comparison = page.locator(".comparison").first
    comparison.locator("label", has_text=framework).click()
    side = comparison.locator(f"[data-side={framework.lower()}]")
    assert side.locator(".cell > .highlight-python").is_visible()
    assert side.locator(".side-output").is_visible()
    other = comparison.locator(f"[data-side]:not([data-side={framework.lower()}])")
    assert not other.is_visible()


def test_both_sides_stand_beside_each_other(plain: Callable) -> None:
    """The width decides without script, too, and no dead switch is shown."""
    page = plain(f"en/{PAGE}", "wide")
    sides = page.locator(".comparison").first.locator("[data-side]").all()
    assert [True, True] == [side.is_visible() for side in sides]
    assert 0 == page.locator(".comparison-layout").count()


def test_setup_and_marks_open(plain: Callable) -> None:
    """A click opens what is folded, and the checks of a mark."""
    page = plain(f"en/{PAGE}", "wide")
    details = page.locator("details.setup").first
    details.locator("summary").click(position={"x": 4, "y": 8})
    assert details.locator(".highlight").is_visible()
    mark = page.locator(".claim-mark").first
    mark.locator("button").click()
    assert mark.locator(".mark-list").is_visible()


@pytest.mark.parametrize("kind", ["index.html", PAGE, "reference/optimizers/sgd.html"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_follow_the_system(plain: Callable, scheme: str, kind: str) -> None:
    """Text stands out from its ground in the scheme of the reader's system."""
    page = plain(f"en/{kind}", "laptop", scheme)
    for part in ("body", ".bd-article p", ".comparison pre", "#pst-header"):
        element = page.locator(part).first
        text = element.evaluate("(e) => getComputedStyle(e).color")
        ground = element.evaluate(
            """(e) => {
              const ground = () => getComputedStyle(e).backgroundColor;
              while (ground().endsWith(", 0)")) e = e.parentElement;
              return ground();
            }"""
        )
        is_dark = luminance(text) > luminance(ground)
        assert (scheme == "dark") == is_dark
        assert abs(luminance(text) - luminance(ground)) > 100
