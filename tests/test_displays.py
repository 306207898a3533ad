"""A value that ends a cell is shown: a figure in both schemes, HTML made harmless."""

import base64
import io
import json

import displays
import numpy as np
import pytest
from bs4 import BeautifulSoup, Tag
from conftest import MINDSPORE, TORCH, Project
from PIL import Image
from small_site import PAGE, build, read_page

from crosswalk.comparisons.discover import read_comparison
from crosswalk.engine.sandbox import Limits
from crosswalk.model import Display, Outcome, read
from crosswalk.report import comparison_text

LANGUAGES = ("en", "zh_CN")
ALT = "A peak, y: rate, x: step"
LONG = "return 'x' * 30_000"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with a figure, tables and plain values, in both languages."""
    project = Project(tmp_path_factory.mktemp("displays"))
    hostile = f"return {displays.HOSTILE_HTML!r}".replace("\u202e", r"\u202e")
    project.add(
        torch=displays.figure("figure"), mindspore=displays.figure("axes", MINDSPORE)
    )
    project.add(
        "sums/tables",
        torch=displays.html(hostile, TORCH),
        mindspore=displays.html(LONG),
    )
    plain = f"{TORCH}{displays.PLAIN}"
    project.add("sums/plain", torch=plain, mindspore=f"{MINDSPORE}{displays.PLAIN}")
    others = "".join(
        f"\n{{check}}`sums/{name}#same`\n\n```{{comparison}} sums/{name}\n```\n"
        for name in ("tables", "plain")
    )
    for language in LANGUAGES:
        done = build(project, f"{PAGE}{others}", language)
        assert done.returncode == 0, done.stderr
    return project


def shown(project: Project, name: str, side: str, language: str = "en") -> list[Tag]:
    """Return the elements in which a side's outputs stand."""
    path = f'[data-comparison="sums/{name}"] [data-side="{side}"] .side-output'
    return read_page(project, language).select(path)


def pixels(project: Project, image: Tag) -> np.ndarray:
    """Return a picture of the page as red, green, blue and opacity."""
    with Image.open(project.root / "out-en" / image["src"]) as found:
        return np.array(found.convert("RGBA"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("side", ["pytorch", "mindspore"])
def test_a_figure_stands_on_the_page_for_each_scheme(
    built: Project, side: str, language: str
) -> None:
    """After what was printed come two pictures with the same words, in English."""
    printed, figure = shown(built, "ones", side, language)
    assert "3.0" == printed.pre.get_text().strip()
    light, dark = figure.select("img")
    assert {ALT} == {light["alt"], dark["alt"]}
    assert ["only-light", "only-dark"] == [img["class"][0] for img in (light, dark)]
    assert "en" == light.parent["lang"]
    assert printed["data-label"] == figure["data-label"]
    for image in (light, dark):
        assert (built.root / f"out-{language}" / image["src"]).exists()
        assert "width: 640px" in image["style"]
    # The light one is for paper, too, on which nothing is loaded later.
    assert [None, "lazy"] == [image.get("loading") for image in (light, dark)]


def test_text_and_axes_turn_round_on_dark_and_lines_keep_their_colour(
    built: Project,
) -> None:
    """The page is the background of both; what is black on light is white on dark."""
    images = shown(built, "ones", "pytorch")[1].select("img")
    light, dark = (pixels(built, image) for image in images)
    assert light.shape == dark.shape == (960, 1280, 4)
    assert (light[..., 3] == dark[..., 3]).all()
    assert 0 == light[0, 0, 3]
    black = (light == (0, 0, 0, 255)).all(axis=-1)
    assert black.sum() > 1000
    assert (dark[black] == 255).all()
    line = (light == (0x14, 0x67, 0xB8, 255)).all(axis=-1)
    assert line.sum() > 1000
    assert (dark[line] == light[line]).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_harmless(built: Project, language: str) -> None:
    """Of a hostile table cells and words are left, and hidden characters are told."""
    _, table = shown(built, "tables", "pytorch", language)
    names = {tag.name for tag in table.find_all(recursive=True)}
    assert {"div", "table", "tbody", "tr", "th", "td", "b"} == names
    inside = table.select_one(".text_html")
    kept = {name for tag in inside.find_all() for name in tag.attrs}
    assert {"colspan"} == kept
    assert ["heading", r"cell\u202e", "bold", "link other"] == [
        " ".join(text.split()) for text in inside.stripped_strings
    ]


def test_more_html_than_a_page_shows_is_the_values_own_text(built: Project) -> None:
    """The notebook has the whole of it."""
    _, text = shown(built, "tables", "mindspore")
    assert "the table as text" == text.pre.get_text().strip()
    path = built.root / "out-en" / "downloads" / "sums" / "tables"
    notebook = json.loads((path / "tables_mindspore.ipynb").read_text("utf-8"))
    html = "".join(notebook["cells"][1]["outputs"][1]["data"]["text/html"])
    assert len(html) > comparison_text.LONGEST


@pytest.mark.parametrize("side", ["pytorch", "mindspore"])
def test_plain_values_are_not_shown(built: Project, side: str) -> None:
    """A page shows what the script prints: no list, text, number or None."""
    (printed,) = shown(built, "plain", side)
    assert "3.0" == printed.pre.get_text().strip()


def test_the_notebook_has_the_figure_and_the_table(built: Project) -> None:
    """Its outputs are what the page shows, in the form that Jupyter writes."""
    folder = built.root / "out-en" / "downloads" / "sums"
    notebook = json.loads((folder / "ones" / "ones_torch.ipynb").read_text("utf-8"))
    printed, figure = notebook["cells"][1]["outputs"]
    assert ["3.0\n"] == printed["text"]
    assert "display_data" == figure["output_type"]
    assert [ALT] == figure["data"]["text/plain"]
    image = shown(built, "ones", "pytorch")[1].img
    with Image.open(io.BytesIO(base64.b64decode(figure["data"]["image/png"]))) as found:
        assert (np.array(found.convert("RGBA")) == pixels(built, image)).all()
    path = folder / "tables" / "tables_torch.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    data = notebook["cells"][1]["outputs"][1]["data"]
    assert ["the table as text"] == data["text/plain"]
    html = BeautifulSoup("".join(data["text/html"]), "html.parser")
    assert not html.select("script, img, a, iframe, form, [style], [onclick]")


def test_the_markdown_has_one_picture_and_the_table(built: Project) -> None:
    """The picture has its words, and a link that leads to it; the table is text."""
    text = (built.root / "out-en" / "index.md").read_text("utf-8")
    light, dark = shown(built, "ones", "pytorch")[1].select("img")
    assert f"![{ALT}]({light['src']})" in text
    assert dark["src"] not in text
    assert r"| cell\\u202e | **bold** |" in text


def test_evidence_tells_what_is_shown(built: Project) -> None:
    """A picture is told by its words and the names of its files, HTML harmless."""
    data = json.loads((built.root / "out-en" / "evidence.json").read_text("utf-8"))
    sides = {c["id"]: c["sides"] for c in data["comparisons"]}
    (figure,) = sides["sums/ones"]["pytorch"]["displays"]
    assert {"cell", "text", "light", "dark"} == set(figure)
    assert (1, ALT) == (figure["cell"], figure["text"])
    for scheme, image in zip(
        ("light", "dark"), shown(built, "ones", "pytorch")[1].select("img"), strict=True
    ):
        assert f"_images/{figure[scheme]}.png" == image["src"]
    (table,) = sides["sums/tables"]["pytorch"]["displays"]
    assert "script" not in table["html"]
    assert [] == sides["sums/plain"]["pytorch"]["displays"]


def test_a_second_build_reads_no_page_again(built: Project) -> None:
    """Pictures are files that a page depends on, and they stay as they are."""
    page = (built.root / "docs" / "index.md").read_text("utf-8")
    done = build(built, page)
    assert done.returncode == 0, done.stderr
    assert "0 added, 0 changed, 0 removed" in done.stdout


def test_a_script_shows_nothing_more(built: Project) -> None:
    """Run as a script, a side prints what it prints."""
    path = built.examples / "sums" / "ones" / "ones_torch.py"
    done = built.command(str(path), MPLBACKEND="agg")
    assert "3.0\n" == done.stdout, done.stderr


def failure(outcome: Outcome) -> tuple[int, str]:
    """Return where the MindSpore side failed and what it says."""
    found = outcome.side("mindspore").failure
    assert ["failed"] == [check.status for check in outcome.checks]
    return found.line, found.message


@pytest.mark.parametrize(
    ("side", "line", "message"),
    [
        (
            displays.figure("figure", MINDSPORE).replace("axes.set", "dict"),
            14,
            "a figure needs words for readers who do not see it",
        ),
        (
            displays.html("raise RuntimeError('no table')"),
            11,
            "RuntimeError: no table",
        ),
        (
            displays.html("return 1"),
            17,
            "_repr_html_ gave int: expected HTML, a str",
        ),
        (
            displays.html("return 'x' * 2_000_000"),
            17,
            "shows 1.9 MiB; its limit of output is 1 MiB",
        ),
    ],
)
def test_what_cannot_be_shown_fails_its_side_at_its_line(
    project: Project, side: str, line: int, message: str
) -> None:
    """The message says why, and no check passes."""
    project.add(mindspore=side)
    found = failure(project.run()["sums/ones"])
    assert (line, True) == (found[0], message in found[1]), found


def test_the_limit_of_output_is_that_of_the_run(project: Project) -> None:
    """With more output allowed, the same value is shown."""
    project.add(mindspore=displays.html("return 'x' * 2_000_000"))
    outcome = project.run(limits=Limits(output=2))["sums/ones"]
    assert "passed" == outcome.status
    (display,) = outcome.side("mindspore").displays
    assert 2_000_000 == len(display.html)


def test_set_label_gives_a_figure_its_words(project: Project) -> None:
    """They stand in place of title and labels, on one line."""
    end = "figure.set_label('A rate that\\n rises and falls.')\naxes.lines[0]"
    project.add(torch=displays.figure(end))
    (display,) = project.run()["sums/ones"].side("pytorch").displays
    assert "A rate that rises and falls." == display.text


def test_the_same_figure_is_the_same_data(project: Project) -> None:
    """Pictures hold neither a time nor a version."""
    project.add(torch=displays.figure(), mindspore=displays.figure("axes", MINDSPORE))
    sides = project.run()["sums/ones"].sides
    first, second = (display for side in sides for display in side.displays)
    assert first == second
    assert b"matplotlib" not in base64.b64decode(first.light).lower()


def test_matplotlib_is_imported_by_those_who_use_it(project: Project) -> None:
    """Showing values costs an example nothing that has none to show."""
    look = "import sys\nprint('matplotlib' in sys.modules)\n"
    project.add(mindspore=f"{MINDSPORE}{look}")
    outcome = project.run()["sums/ones"]
    assert "3.0\nFalse\n" == outcome.side("mindspore").stdout


@pytest.mark.parametrize("png", ["PHN2Zz4=", "iVBORw0KGgoA=", "iVBORw0KGgoAAAA<"])
def test_what_is_no_picture_is_no_report(png: str) -> None:
    """Only what begins as a PNG does, in whole base64, is read."""
    with pytest.raises(TypeError, match="matching regex"):
        read({"cell": 0, "text": "words", "light": png}, Display)


def test_a_cell_that_is_not_there_shows_nothing(project: Project) -> None:
    """An outcome that shows a value in another cell is not of the comparison."""
    folder = project.add(torch=displays.figure())
    data = project.run()["sums/ones"].to_json()
    assert Outcome.from_json(data).tells_of(read_comparison(folder))
    data["sides"][0]["displays"][0]["cell"] = 2
    assert not Outcome.from_json(data).tells_of(read_comparison(folder))
