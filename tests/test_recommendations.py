"""Every page recommends the same counterpart, and what it recommends was run."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

from crosswalk.engine.cache import read_entry
from crosswalk.model import Outcome
from crosswalk.parity import load
from crosswalk.project import OUTCOMES

GUIDE = (ROOT / "docs/guide/index.md").read_text("utf-8")
SUPPORTED = (ROOT / "docs/guide/supported-optimizers.md").read_text("utf-8")
REFERENCE = ROOT / "docs/reference/optimizers"
CHECK = re.compile(r"\{check\}`([^`]+)`")
# "experimental.optim.AdamW", "mindspore.nn.SGD", "nn.AdaFactor", "optim.SGD".
CLASS = re.compile(
    r"`(?:mindspore\.)?((?:experimental\.|mint\.)?(?:nn|optim))\.([A-Z]\w*)"
)
RECIPES_BY_CLASS = "## Recipes that match PyTorch's updates"
SUBJECTS = {subject.slug: subject for subject in load.read(ROOT / "parity")}
WITHOUT_COUNTERPART = {"lbfgs", "muon", "optimizer"}


def rows(page: str, heading: str) -> list[list[str]]:
    """Return the cells of each row of the first table after ``heading``."""
    _, _, rest = page.partition(f"\n{heading}\n")
    table = rest.partition(":::{claims}\n")[2].partition(":::")[0]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [re.split(r" \| ", line.strip("| ")) for line in lines]


RECIPES = rows(GUIDE, "## Recipes by task")


SUPPORTED_BY_NAME = {
    re.search(r"torch\.optim\.(\w+)", cells[0])[1].lower(): cells[1]
    for cells in reversed(rows(SUPPORTED, RECIPES_BY_CLASS))
}


def recommended(text: str) -> str:
    """Return the first MindSpore class that ``text`` names, in one spelling."""
    found = CLASS.search(text.replace("`optim.", "`experimental.optim."))
    return f"{found[1]}.{found[2]}" if found else ""


@pytest.mark.parametrize("row", RECIPES, ids=lambda row: row[0][:40])
def test_a_recipe_runs_with_the_recommended_optimizers(row: list[str]) -> None:
    """Each row cites the comparison that runs it with all of them."""
    cited = {name.partition("#")[0] for name in CHECK.findall(row[-1])}
    assert "training/recipes" in cited


def test_the_recipes_ran_with_what_the_table_recommends() -> None:
    """The comparison builds exactly the classes that the table names."""
    named = {recommended(row[1]) for row in RECIPES} - {""}
    data = read_entry(ROOT / OUTCOMES, "training/recipes")
    side = Outcome.from_json(data["outcome"]).side("mindspore")
    used = {use.name for use in side.uses}
    classes = {
        f"experimental.optim.{name.rpartition('.')[2]}"
        for name in used
        if re.match(r"mindspore\.experimental\.optim\.[A-Z]", name)
    }
    assert named == classes


@pytest.mark.parametrize("page", sorted(REFERENCE.glob("*.md")), ids=lambda p: p.stem)
def test_guide_and_reference_recommend_the_same(page: Path) -> None:
    """The first class that a reference page tells to use is that of the guide."""
    if page.stem in WITHOUT_COUNTERPART:
        assert recommended(SUPPORTED_BY_NAME.get(page.stem, "")) == ""
        assert SUBJECTS[page.stem].recommended == ""
        return
    text = page.read_text("utf-8")
    (first,) = re.findall(r"^Use (.*)$", text, re.MULTILINE)[:1]
    found = SUBJECTS[page.stem].recommended.removeprefix("mindspore.")
    assert found == recommended(SUPPORTED_BY_NAME[page.stem]) == recommended(first)


@pytest.mark.parametrize("cells", rows(SUPPORTED, RECIPES_BY_CLASS))
def test_one_counterpart_for_each_class(cells: list[str]) -> None:
    """A row recommends one class; a class has one recommendation in all its rows."""
    name = re.search(r"torch\.optim\.(\w+)", cells[0])[1].lower()
    assert recommended(SUPPORTED_BY_NAME[name]) == recommended(cells[1])
    assert 1 == len(CLASS.findall(cells[1]))
