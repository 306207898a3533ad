"""Nothing on any kind of page keeps people out who see, hear or move otherwise."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browser.served import LANGUAGES
from browser.test_layout import KINDS

OPEN_DETAILS = "document.querySelectorAll('details').forEach((d) => { d.open = true })"
# What is repeated is made in one way: axe-core would take a minute for all of it.
FEWER = """
for (const [selector, most] of Object.entries({
  "tbody": 30, "dl.apis": 10, "section": 12,
})) {
  for (const parent of document.querySelectorAll(selector)) {
    [...parent.children].slice(most).forEach((child) => child.remove());
  }
}
for (const [selector, most] of Object.entries({".comparison": 2, ".parity": 1})) {
  [...document.querySelectorAll(selector)].slice(most).forEach((e) => e.remove());
}
document.head.append(document.createElement("style"));
document.head.lastChild.textContent = "* { transition: none !important }";
"""
# The rules that the colour scheme can break.
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, **options: object) -> list[str]:
    """Return what axe-core finds: the rule, its impact and the elements."""
    # It would ask for imported style sheets itself, at the wrong address.
    found = Axe().run(page, options={"preload": False, **options})
    return [
        f"{item['id']} ({item['impact']}): {item['help']}: "
        + "; ".join(f"{node['target']} {node['html'][:150]}" for node in item["nodes"])
        for item in found.response["violations"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, "404.html"])
def test_axe_finds_no_violation(open_page: Callable, kind: str, language: str) -> None:
    """axe-core finds no violation of any impact, in light and dark, all unfolded."""
    page = open_page(f"{language}/{kind}")
    page.evaluate(OPEN_DETAILS)
    page.evaluate(FEWER)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-theme=dark]")
    assert violations(page, runOnly=COLOURS) == []
