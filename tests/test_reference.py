"""The pages and the data of the reference say what was measured."""

import json

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, Project
from small_site import build

from crosswalk.parity import load
from crosswalk.parity.measurement import VERDICTS

HTML = ROOT / "_build" / "html"
SUBJECTS = load.read(ROOT / "parity")
LANGUAGES = ("en", "zh")
FIELDS = {
    "name",
    "torch_arguments",
    "mindspore_arguments",
    "mode",
    "gradients",
    "steps",
    "max_abs_deviation",
    "max_rel_deviation",
    "yardstick",
    "verdict",
    "error",
}
ALONE = """\
from crosswalk.parity.model import Subject

SUBJECT = Subject("torch.optim.LBFGS", base={}, cases=(), counterparts=())
"""
PAGE = """\
# Small

{check}`sums/ones#same`

::::{parity} torch.optim.LBFGS:
There is none. {check}`sums/ones#same`

```{comparison} sums/ones
```
::::
"""


@pytest.fixture(scope="module")
def parity() -> list[dict]:
    """Return the data beside the built pages."""
    return json.loads((HTML / "parity.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def verdicts(parity: list[dict]) -> dict[str, str]:
    """Return the verdict of each pair."""
    return {f"{p['torch']}:{p['mindspore'] or ''}": p["verdict"] for p in parity}


def page(language: str, name: str) -> BeautifulSoup:
    """Return a built page of the reference."""
    path = HTML / language / "reference" / f"{name}.html"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def test_the_data_has_every_pair_in_order(parity: list[dict]) -> None:
    """Pairs stand in the order of their names, so that two runs can be compared."""
    names = [(p["torch"], p["mindspore"] or "") for p in parity]
    assert sorted(names) == names
    assert set(load.pairs(SUBJECTS)) == {f"{torch}:{ours}" for torch, ours in names}


def test_the_data_has_every_field(parity: list[dict]) -> None:
    """Each setting tells arguments, mode, deviations, yardstick and verdict."""
    for pair in parity:
        kind = "lr_scheduler" in pair["torch"]
        assert pair["kind"] == ("scheduler" if kind else "optimizer")
        for setting in pair["settings"]:
            assert set(setting) >= FIELDS
            assert setting["verdict"] in VERDICTS
            assert (setting["verdict"] == "fails") == bool(setting["error"])
            assert setting["steps"] >= (30 if kind else 50)


def test_a_class_without_counterpart_says_so(parity: list[dict]) -> None:
    """It has neither a name in MindSpore, nor a verdict, nor settings."""
    alone = [p for p in parity if p["mindspore"] is None]
    expected = [s.torch for s in SUBJECTS if not s.counterparts]
    assert sorted(expected) == [p["torch"] for p in alone]
    assert all(p["verdict"] is None and not p["settings"] for p in alone)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["optimizer", "scheduler"])
def test_the_index_shows_the_verdicts(
    kind: str, language: str, verdicts: dict[str, str]
) -> None:
    """Each class has a row; each counterpart its computed verdict and a link."""
    table = page(language, f"{kind}s").select_one("table.parity-index")
    rows = [row.th.get_text() for row in table.tbody.select("tr")]
    subjects = [s for s in SUBJECTS if s.kind == kind]
    names = [subject.torch.rpartition(".")[2] for subject in subjects]
    assert sorted(names, key=str.lower) == rows
    shown = [
        chip["data-verdict"]
        for chip in table.select("td .verdict:not([hidden], [hidden] *)")
    ]
    expected = [
        verdicts[name] for name, p in load.pairs(subjects).items() if p.counterpart
    ]
    assert sorted(expected) == sorted(shown)
    for link in table.select("a"):
        target, _, fragment = link["href"].partition("#")
        found = page(language, target.removesuffix(".html"))
        assert not fragment or found.find(id=fragment)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_recommends_a_class(language: str, parity: list[dict]) -> None:
    """The column beside PyTorch's class names the one to use, as the data does."""
    table = page(language, "optimizers").select_one("table.parity-index")
    shown = {
        f"torch.optim.{row.th.get_text()}": row.td.select_one("code")
        for row in table.tbody.select("tr")
    }
    for pair in parity:
        if pair["kind"] == "optimizer":
            code = shown[pair["torch"]]
            name = f"mindspore.{code.get_text()}" if code else None
            assert pair["recommended"] == name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.slug)
def test_a_page_shows_what_was_measured(
    subject: object, language: str, verdicts: dict[str, str]
) -> None:
    """Each pair has its verdict, table, picture with text, and command."""
    found = page(language, f"{subject.kind}s/{subject.slug}")
    shown = {tag["data-pair"]: tag for tag in found.select(".parity")}
    pairs = load.pairs((subject,))
    assert set(pairs) == set(shown)
    for name, pair in pairs.items():
        assert (verdicts[name] or "none") == shown[name]["data-verdict"]
        if not pair.counterpart:
            continue
        assert shown[name].select("table.parity-table tbody tr")
        assert f"parity {name}" in shown[name].select_one(".parity-command").text
        for picture in shown[name].select("svg"):
            assert picture["role"] == "img"
            assert all(picture.find(tag).get_text() for tag in ("title", "desc"))


def small(project: Project, page: str = PAGE) -> str:
    """Build a site with one class that has no counterpart; return the warnings."""
    project.add()
    data = project.root / "parity"
    data.mkdir(exist_ok=True)
    (data / "lbfgs.py").write_text(ALONE)
    (data / "upstream.csv").write_text((ROOT / "parity/upstream.csv").read_text())
    return build(project, page).stderr


def test_a_site_with_a_reference_builds(project: Project) -> None:
    """A class without counterpart is shown with a recipe and nothing else."""
    assert small(project) == ""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("LBFGS:\n", "LBFG:\n", "unknown pair 'torch.optim.LBFG:'; did you mean "),
        ("```{comparison} sums/ones\n```", "", "no recipe, show a comparison"),
        ("::::{parity} torch.optim.LBFGS:", "::::{note}", "is unused: no page shows"),
        ("::::{parity} t", "```{parity-index} x\n```\n::::{parity} t", "got 'x'"),
    ],
)
def test_a_faulty_page_fails(
    project: Project, old: str, new: str, expected: str
) -> None:
    """The warning says what is wrong, and comes again with the next build."""
    for _ in range(2):
        assert expected in small(project, PAGE.replace(old, new))
