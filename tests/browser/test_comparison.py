"""Comparisons in the browser: side by side, tabs, their choices, copy, downloads."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browser.served import HTML, LANGUAGES

PAGE = "guide/how-the-rate-works.html"
OTHER = "guide/weight-decay.html"
ID = "comparison-learning-rate-step-advances"
TITLES = {"pytorch": "PyTorch", "mindspore": "MindSpore"}


def shown(page: Page) -> list[str]:
    """Return the sides that the first comparison of ``page`` shows."""
    sides = page.locator(".comparison").first.locator("[data-side]").all()
    return [side.get_attribute("data-side") for side in sides if side.is_visible()]


def choose(page: Page, layout: str) -> None:
    """Press a button of the first comparison's switch."""
    page.locator(f".comparison-layout button[value={layout}]").first.click()


@pytest.mark.parametrize(
    ("screen", "expected"),
    [
        ("wide", ["pytorch", "mindspore"]),
        ("laptop", ["pytorch", "mindspore"]),
        ("tablet", ["pytorch", "mindspore"]),
        ("phone", ["pytorch"]),
    ],
)
def test_the_width_decides(
    open_page: Callable, screen: str, expected: list[str]
) -> None:
    """Both sides stand beside each other where there is room, and else in tabs."""
    page = open_page(f"en/{PAGE}", screen)
    assert expected == shown(page)
    switch = page.locator(".comparison-layout").first
    assert (len(expected) == 2) == switch.is_visible()


def test_cells_with_the_same_number_start_at_the_same_height(
    open_page: Callable,
) -> None:
    """Beside each other, each cell starts where its counterpart starts."""
    page = open_page(f"en/{PAGE}", "wide")
    for comparison in page.locator(".comparison").all():
        torch, mindspore = (
            [cell.bounding_box()["y"] for cell in side.locator(".cell").all()]
            for side in comparison.locator("[data-side]").all()
        )
        pairs = list(zip(torch, mindspore, strict=False))
        assert len(pairs) > 1
        assert [left for left, _ in pairs] == [right for _, right in pairs]


@pytest.mark.parametrize("screen", ["laptop", "phone"])
def test_no_line_of_code_is_cut(open_page: Callable, screen: str) -> None:
    """A long line wraps within its block."""
    page = open_page(f"en/{PAGE}", screen)
    widths = "(all) => all.map((pre) => [pre.scrollWidth, pre.clientWidth])"
    for whole, window in page.locator(".comparison pre").evaluate_all(widths):
        assert whole <= window


def test_the_switch_is_kept(open_page: Callable) -> None:
    """Tabs, once chosen, stay after a reload, on other pages, in Chinese."""
    page = open_page(f"en/{PAGE}", "wide")
    choose(page, "tabs")
    assert ["pytorch"] == shown(page)
    page.reload()
    assert ["pytorch"] == shown(page)
    for path in (f"en/{OTHER}", f"zh/{PAGE}"):
        page.goto(page.url.partition("en/")[0].partition("zh/")[0] + path)
        assert ["pytorch"] == shown(page)
    choose(page, "beside")
    assert ["pytorch", "mindspore"] == shown(page)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("Layout", ["Side by side", "Tabs"])),
        ("zh", ("排列方式", ["左右对照", "标签页"])),
    ],
)
def test_the_switch_works_by_keyboard_and_says_its_state(
    open_page: Callable, language: str, expected: tuple[str, list[str]]
) -> None:
    """The switch is a named group of buttons, of which one is pressed."""
    page = open_page(f"{language}/{PAGE}", "wide")
    label, words = expected
    group = page.get_by_role("group", name=label).first
    assert words == group.get_by_role("button").all_inner_texts()
    group.get_by_role("button", pressed=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(group.get_by_role("button", pressed=True)).to_have_text(words[1])
    assert ["pytorch"] == shown(page)


def test_what_was_clicked_stays_in_place(open_page: Callable) -> None:
    """Switching the layout of all comparisons does not move the one at hand."""
    page = open_page(f"en/{PAGE}", "wide")
    button = page.locator(".comparison-layout button[value=tabs]").last
    button.scroll_into_view_if_needed()
    before = button.bounding_box()["y"]
    button.click()
    assert abs(before - button.bounding_box()["y"]) < 2


def test_the_framework_is_kept(open_page: Callable) -> None:
    """A chosen tab is chosen in all comparisons, on all pages, in both languages."""
    page = open_page(f"en/{PAGE}", "phone")
    page.locator(".comparison label", has_text="MindSpore").first.click()
    root = page.url.partition("en/")[0]
    for path in ("", f"en/{OTHER}", f"zh/{PAGE}"):
        if path:
            page.goto(root + path)
        visible = page.locator("[data-side]:visible").all()
        assert {"mindspore"} == {v.get_attribute("data-side") for v in visible}


@pytest.mark.parametrize("framework", TITLES)
def test_an_address_chooses_the_framework(open_page: Callable, framework: str) -> None:
    """``?framework=`` opens the tabs of that framework."""
    page = open_page(f"en/{PAGE}?framework={framework}", "phone")
    assert [framework] == shown(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_has_a_permalink(open_page: Callable, language: str) -> None:
    """The name above a comparison leads to it, by one fragment in both languages."""
    page = open_page(f"{language}/{PAGE}")
    link = page.locator(f"#{ID} .comparison-name")
    assert "learning_rate/step_advances #" == link.inner_text()
    link.click()
    assert ID == urlsplit(page.url).fragment
    expect(page.locator(f"#{ID}")).to_be_in_viewport()


@pytest.mark.parametrize(("language", "tooltip"), [("en", "Copy"), ("zh", "复制")])
def test_the_button_copies_the_code_alone(
    open_page: Callable, language: str, tooltip: str
) -> None:
    """What is copied is the code of that block; outputs have no button."""
    page = open_page(
        f"{language}/{PAGE}", permissions=["clipboard-read", "clipboard-write"]
    )
    side = page.locator(f"#{ID} [data-side=mindspore]")
    block = side.locator(".cell > .highlight-python")
    block.hover()
    button = block.locator("button.copybtn")
    assert tooltip == button.get_attribute("data-tooltip")
    button.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert block.locator("pre").text_content().rstrip("\n") == copied
    assert "optimizer((gradient,))\n" in copied
    assert 0 == side.locator(".side-output button").count()


@pytest.mark.parametrize("framework", TITLES)
@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_side_can_be_downloaded(
    open_page: Callable, language: str, suffix: str, framework: str
) -> None:
    """Each link gives the file that was built; the script is the side's own file."""
    page = open_page(f"{language}/{PAGE}", "wide")
    link = page.locator(f"#{ID} [data-side={framework}] .downloads a[href$='{suffix}']")
    with page.expect_download() as download:
        link.click()
    path = unquote(urlsplit(download.value.url).path).lstrip("/")
    got = download.value.path().read_bytes()
    assert (HTML / path).read_bytes() == got
    if suffix == ".py":
        examples = HTML.parents[1] / "examples" / "learning_rate" / "step_advances"
        assert (examples / download.value.suggested_filename).read_bytes() == got
