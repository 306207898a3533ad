"""Nothing on any kind of page keeps people out who see, hear or move otherwise."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.served import LANGUAGES, SCHEMES
from browser.test_layout import KINDS

OPEN_DETAILS = "document.querySelectorAll('details').forEach((d) => { d.open = true })"


def violations(page: Page) -> list[str]:
    """Return what axe-core finds: the rule, its impact and the elements."""
    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']} ({item['impact']}): {item['help']}: "
        + "; ".join(f"{node['target']} {node['html'][:150]}" for node in item["nodes"])
        for item in found
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, "404.html"])
def test_axe_finds_no_violation(
    open_page: Callable, kind: str, language: str, scheme: str
) -> None:
    """axe-core finds no violation of any impact, with all details open."""
    page = open_page(f"{language}/{kind}", scheme=scheme)
    page.evaluate(OPEN_DETAILS)
    assert violations(page) == []
