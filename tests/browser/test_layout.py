"""Every kind of page fits every screen, in both languages and colour schemes."""

from collections.abc import Callable

import pytest

from browser.served import LANGUAGES, SCHEMES, SCREENS

# One page of each kind.
KINDS = (
    "index.html",
    "guide/index.html",
    "guide/how-the-rate-works.html",
    "reference/optimizers.html",
    "reference/optimizers/sgd.html",
    "traps/no-training.html",
    "evidence.html",
    "evidence/optimizers.html",
    "contribute/architecture.html",
    "api/running.html",
    "apis.html",
    "search.html",
    "genindex.html",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_does_not_scroll_sideways(
    open_page: Callable, kind: str, language: str
) -> None:
    """On no screen and in no scheme is a page wider than the window."""
    page = open_page(f"{language}/{kind}")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for screen, (width, height) in SCREENS.items():
            page.set_viewport_size({"width": width, "height": height})
            whole = page.evaluate("document.documentElement.scrollWidth")
            assert whole <= width, (screen, scheme)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1200, 1280, 1440])
def test_the_header_is_one_row_on_a_laptop(
    open_page: Callable, width: int, language: str
) -> None:
    """Sections, search and switches stand beside each other, not in two rows."""
    page = open_page(f"{language}/guide/how-the-rate-works.html")
    page.set_viewport_size({"width": width, "height": 800})
    middles = page.evaluate(
        """() => [...document.querySelectorAll(".bd-header .navbar-item")]
            .map(item => item.getBoundingClientRect())
            .filter(box => box.height)
            .map(box => (box.top + box.bottom) / 2)"""
    )
    assert len(middles) > 3
    assert max(middles) - min(middles) < 10, middles
