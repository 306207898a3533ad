"""A build makes again what would say something else, and nothing more."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import TORCH, Project
from small_site import prepare, run

PAGES = {
    "index": "# Sums\n\nAll {evidence}`passed` pass.\n\n```{toctree}\nshowing\nother\n"
    "citing\nfigure\nevidence\nsums\nproducts\nplain\n```\n",
    "showing": "# Showing\n\n```{comparison} sums/ones\n```\n",
    "other": "# Other\n\nToo. {check}`sums/twos#same` {check}`products/threes#same`\n\n"
    "```{comparison} sums/twos\n```\n\n```{comparison} products/threes\n```\n",
    "citing": "# Citing\n\nThe same. {check}`sums/ones#same`\n",
    "figure": "# Figure\n\nOff by {measured}`sums/ones#same.deviation`.\n",
    "evidence": "# Evidence\n\n```{evidence}\n```\n",
    "sums": "# Evidence of sums\n\n```{evidence} sums\n```\n",
    "products": "# Evidence of products\n\n```{evidence} products\n```\n",
    "plain": "# Plain\n\nNothing of ours.\n",
}
LISTS = {"evidence", "sums"}  # those that list what is edited here
WITH_TOCTREE = "index"  # Sphinx writes the pages above one that it has read


def write(project: Project, **changed: str) -> list[str]:
    """Write the pages, some of them changed; return the command that builds them."""
    command = prepare(project, PAGES["index"])
    for name, text in {**PAGES, **changed}.items():
        path = project.root / "docs" / f"{name}.md"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    return command


def made(project: Project) -> dict[str, tuple[int, bytes]]:
    """Return time and content of all files that are not static."""
    found = (p for p in Path(project.root, "out-en").rglob("*.*") if p.is_file())
    return {
        path.name: (path.stat().st_mtime_ns, path.read_bytes())
        for path in found
        if "_static" not in path.parts and ".doctrees" not in path.parts
    }


def written(before: dict, after: dict) -> set[str]:
    """Return the pages that were written in between."""
    return {n for n in PAGES if before[f"{n}.html"][0] != after[f"{n}.html"][0]}


def rebuild(project: Project, **pages: str) -> tuple[set[str], dict, str]:
    """Build again; return the pages written, all files, and what Sphinx said."""
    before = made(project)
    done = run(project, write(project, **pages))
    assert done.returncode == 0, done.stderr
    after = made(project)
    return written(before, after), after, done.stdout


@pytest.fixture
def built(project: Project) -> Project:
    """Return a project of nine pages, built."""
    project.add()
    project.add("products/threes")
    project.add("sums/twos")
    done = run(project, write(project))
    assert done.returncode == 0, done.stderr
    return project


def test_nothing_is_written_where_nothing_changed(built: Project) -> None:
    """No page is written, and search index and data are as they were."""
    before = made(built)
    assert run(built, write(built)).returncode == 0
    after = made(built)
    assert set() == written(before, after)
    for name in ("searchindex.js", "evidence.json", "objects.inv"):
        assert before[name][1] == after[name][1]
    # What is lost is made again.
    (built.root / "out-en" / "showing.html").unlink()
    assert run(built, write(built)).returncode == 0
    again = made(built)
    assert b"the total" in again["showing.html"][1]
    assert after["searchindex.js"][1] == again["searchindex.js"][1]


def test_an_edited_snippet_makes_its_own_pages_again(built: Project) -> None:
    """Those that show it or list all; a page with its badge says what it said."""
    path = built.examples / "sums" / "ones" / "ones_torch.py"
    path.write_text(TORCH.replace("the total", "their total"), "utf-8")
    pages, after, said = rebuild(built)
    assert "0 added, 3 changed, 0 removed" in said
    assert {"showing", *LISTS, WITH_TOCTREE} == pages
    assert b"their total" in after["showing.html"][1]
    assert b"their total" in after["ones_torch.ipynb"][1]


def test_another_figure_makes_the_pages_that_give_it_again(built: Project) -> None:
    """A measured figure that changes is read again where it stands."""
    path = built.examples / "sums" / "ones" / "ones_torch.py"
    path.write_text(TORCH.replace("sum()", "sum() + 1e-6"), "utf-8")
    pages, _, _ = rebuild(built)
    assert {"showing", "figure", *LISTS, WITH_TOCTREE} == pages


def test_a_badge_follows_its_comparison_to_another_page(built: Project) -> None:
    """Where a comparison moves, pages that cite or list it are written again."""
    pages = {"showing": "# Showing\n", "plain": PAGES["showing"]}
    found, after, _ = rebuild(built, **pages)
    moved = {"showing", "plain", "citing", *LISTS}
    assert moved | {WITH_TOCTREE} == found
    page = BeautifulSoup(after["citing.html"][1], "html.parser")
    address = "checks/sums/ones.html#check-sums-ones-same"
    assert address == page.select_one("a.mark-check")["href"]


def test_a_new_title_reaches_the_lists_of_pages(built: Project) -> None:
    """The evidence page names the pages by their titles, which may change."""
    changed = PAGES["showing"].replace("# Showing", "# Renamed")
    pages, after, _ = rebuild(built, showing=changed)
    assert {"showing", *LISTS, WITH_TOCTREE} == pages
    assert re.search(r"<td>.*Renamed.*</td>", after["evidence.html"][1].decode())
