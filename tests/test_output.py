"""What an example prints is text on the page, and can neither break nor fool it."""

import pytest
from bs4 import BeautifulSoup
from conftest import MINDSPORE, Project
from small_site import build, read_page

from crosswalk.comparisons.discover import ProblemError, read_comparison
from crosswalk.expect import visible
from crosswalk.report import comparison_text

HOSTILE = {
    "markup": ("<b>bold</b> &amp; <!-- x -->", "<b>bold</b> &amp; <!-- x -->"),
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "colours": ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
    "direction": ("\u202ebackwards\u202c", r"\u202ebackwards\u202c"),
    "hidden": ("a\u200bb\u2066c", r"a\u200bb\u2066c"),
    "returns": ("50 %\r100 %", r"50 %\r100 %"),
    "long line": ("x" * 5000, "x" * 5000),
    "chinese": ("学习率 0.1", "学习率 0.1"),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """Return a page whose example printed all of it, and more than is shown."""
    project = Project(tmp_path_factory.mktemp("hostile"))
    lines = "".join(f"print({text!a})\n" for text, _ in HOSTILE.values())
    flood = "print('y' * 30_000)\n"
    project.add(mindspore=f"{MINDSPORE}{lines}", torch=f"{MINDSPORE}{flood}")
    done = build(project)
    assert done.returncode == 0, done.stderr
    return read_page(project)


def output(page: BeautifulSoup, side: str) -> BeautifulSoup:
    """Return the shown output of a side."""
    return page.select_one(f'[data-side="{side}"] .side-output pre')


@pytest.mark.parametrize(("_", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_output_is_shown_as_the_text_that_it_is(
    page: BeautifulSoup, _: str, shown: str
) -> None:
    """Markup stays markup, and control characters are written as escapes."""
    pre = output(page, "mindspore")
    assert shown in pre.get_text().split("\n")
    assert [] == pre.select("b, script")


def test_an_endless_output_is_cut(page: BeautifulSoup) -> None:
    """A page shows so many characters and says how many it leaves out."""
    text = output(page, "pytorch").get_text()
    assert len(text) < comparison_text.LONGEST + 100
    assert (
        f"… {30_000 + len('3.0') + 2 - comparison_text.LONGEST} more characters" in text
    )


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\x1b"])
def test_code_that_hides_something_is_refused(project: Project, character: str) -> None:
    """A side with a hidden or direction-changing character is no comparison."""
    folder = project.add(mindspore=f"{MINDSPORE}x = '{character}'\n")
    with pytest.raises(ProblemError, match=r"ones_mindspore.py:8: U\+") as error:
        read_comparison(folder)
    assert visible(character)[2:].upper() in str(error.value).upper()
