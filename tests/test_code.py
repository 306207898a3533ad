"""Shown code is the code that ran; its names lead to the index of APIs."""

import json
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT

from crosswalk.comparisons.cells import cut_cells
from crosswalk.comparisons.discover import discover
from crosswalk.comparisons.run import comparison_runner
from crosswalk.model import Outcome, Side, Use
from crosswalk.sphinx.comparison.code import html, in_cell, in_check

HTML = ROOT / "_build" / "html"
LANGUAGES = ("en", "zh")
COMPARISONS = discover(ROOT / "examples").comparisons


@cache
def outcomes() -> dict[str, Outcome]:
    """Return the outcomes that the site shows."""
    runner = comparison_runner(ROOT / "_build" / "outcomes", ROOT)
    return {outcome.id: outcome for outcome in runner.run(COMPARISONS.values())}


@cache
def index(language: str) -> dict[str, BeautifulSoup]:
    """Return the entries of the built index of APIs."""
    path = HTML / language / "apis.html"
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return {entry["id"]: entry for entry in page.select(".api-entry")}


def shown(source: str, uses: dict) -> BeautifulSoup:
    """Return code as the site shows it."""
    text = "".join(html(source, {}, {}, uses, "apis.html"))
    return BeautifulSoup(f"<pre>{text}</pre>", "html.parser")


@pytest.mark.parametrize("name", COMPARISONS)
def test_the_text_of_shown_code_is_the_code(name: str) -> None:
    """Lines and links change no character of a cell or a check."""
    comparison, outcome = COMPARISONS[name], outcomes()[name]
    codes = {
        cell.source: in_cell(side, cell, outcome.side(side.framework).uses)
        for side in comparison.sides
        for cell in side.cells
    }
    codes |= {
        check.source: in_check(check, outcome.check(check.name).uses)
        for check in comparison.checks
    }
    for source, uses in codes.items():
        page = shown(source, uses)
        assert f"{source}\n" == page.get_text()
        rows = [line.get_text() for line in page.select(".line")]
        assert source.split("\n") == [row.removesuffix("\n") for row in rows]


@pytest.mark.parametrize("name", COMPARISONS)
def test_a_link_in_code_stands_on_the_name(name: str) -> None:
    """Each use of a side and a check is one link, whose text ends as its API does."""
    comparison, outcome = COMPARISONS[name], outcomes()[name]
    for side in comparison.sides:
        uses = outcome.side(side.framework).uses
        links = [
            link
            for cell in side.cells
            for link in shown(cell.source, in_cell(side, cell, uses)).select("a")
        ]
        assert [use.name for use in uses] == [link["title"] for link in links]
        for link in links:
            last = link["title"].rpartition(".")[2]
            assert last == link.get_text().rpartition(".")[2]
            assert f"apis.html#{link['title']}" == link["href"]


def test_blank_lines_above_a_cell_do_not_move_links(tmp_path: Path) -> None:
    """A name is found although its cell starts with blank lines."""
    path = tmp_path / "x_torch.py"
    path.write_text("# %%\n\n\nx = torch.ones(1)\n", "utf-8")
    cells = cut_cells(path, path.read_text("utf-8"))
    side = Side("pytorch", path, cells, uses_jit=False)
    rows = in_cell(side, cells[0], [Use("torch.ones", 4, 4, 14)])
    assert {0: [(4, 14, "torch.ones")]} == rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_use_is_in_the_index(language: str) -> None:
    """Each name of each outcome has an entry with the page of its comparison."""
    evidence = json.loads((HTML / "evidence.json").read_text("utf-8"))
    pages = {c["id"]: f"{c['pages'][0]}.html" for c in evidence["comparisons"]}
    listed = {}
    for name, entry in index(language).items():
        links = entry.select(".api-places a")
        listed[name] = {link["href"].partition("#")[0] for link in links}
    used = [
        (use.name, pages[name])
        for name, outcome in outcomes().items()
        for part in (*outcome.sides, *outcome.checks)
        for use in part.uses
    ]
    assert len(used) > 1000
    assert [] == [(name, page) for name, page in used if page not in listed[name]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_leads_to_its_comparisons(language: str) -> None:
    """A name that few comparisons use has a link to each, on its page."""
    entry = index(language)["torch.tanh"]
    page, check = entry.select(".api-places a")
    assert "guide/training-step.html" == page["href"].partition("#")[0]
    assert "training/training_step#tanh_is_coarse_on_cpu" == check.get_text()
    target = "guide/training-step.html#check-training-training-step-tanh"
    assert check["href"].startswith(target)


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_of_measured_classes_have_their_verdicts(language: str) -> None:
    """An API of the reference has a chip for each pair, and a link to it."""
    entry = index(language)["torch.optim.SGD"]
    chips = entry.select(".api-pair .verdict:not([hidden], [hidden] *)")
    assert 4 == len(chips)
    link = entry.select_one(".api-pair a")["href"]
    assert link.startswith("reference/optimizers/sgd.html#parity-torch-optim-sgd")


@pytest.mark.parametrize("language", LANGUAGES)
def test_full_names_in_prose_lead_to_the_index(language: str) -> None:
    """A literal that is an API's name is a link, except in headings and folds."""
    path = HTML / language / "guide" / "supported-optimizers.html"
    article = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one(
        "article"
    )
    names = index(language)
    linked = [
        code.parent
        for code in article.select("code")
        if code.get_text() in names and code.parent.name == "a"
    ]
    assert linked
    for code in article.select("code"):
        name = code.get_text()
        is_fixed = code.find_parent(["h1", "h2", "h3", "summary"])
        if name in names and is_fixed:
            assert code.parent.name != "a"
        elif name in names:
            assert code.find_parent("a")
    for link in article.select('a[href^="../apis.html#"]'):
        assert link["href"].partition("#")[2] in names
