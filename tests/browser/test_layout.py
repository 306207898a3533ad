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
