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
    "reference/silent-traps.html",
    "evidence.html",
    "contribute/architecture.html",
    "api/running.html",
    "search.html",
    "genindex.html",
)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_does_not_scroll_sideways(
    open_page: Callable, kind: str, language: str, screen: str, scheme: str
) -> None:
    """No page is wider than the window; nothing fails while it loads."""
    page = open_page(f"{language}/{kind}", screen, scheme)
    widths = "[document.documentElement.scrollWidth, innerWidth]"
    whole, window = page.evaluate(widths)
    assert whole <= window
