"""The search index has the names that a page can be asked for by."""

import json
from pathlib import Path

import pytest
from conftest import Project
from small_site import PAGE, build, read_page

from crosswalk.sphinx.search.index import ChineseWords, Translations, Words

INDEXED = f"""\
{PAGE}
## the total

```{{index}} ! adding up, mean value
```

Text below the heading.
"""
OTHER = """\
---
orphan: true
---
# Another page

```{index} ! elsewhere, ! LambdaLR, lambdalr
```

Text.
"""


def index_of(project: Project, language: str = "en") -> dict:
    """Return the written search index."""
    text = (project.root / f"out-{language}" / "searchindex.js").read_text("utf-8")
    return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))


def build_two_pages(root: Path) -> Project:
    """Build a project of two pages in ``root``, in English."""
    project = Project(root)
    project.add()
    other = project.root / "docs" / "other.md"
    other.parent.mkdir()
    other.write_text(OTHER, "utf-8")
    done = build(project, page=INDEXED)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project, for tests that only read it."""
    return build_two_pages(tmp_path_factory.mktemp("built"))


TEXTS = {
    "Chinese in pairs": ("动态学习率", ["动态", "态学", "学习", "习率"]),
    "one character": ("率", ["率"]),
    "spaces and full-width marks": ("权重，衰减 。", ["权重", "衰减"]),
    "names whole": (
        "nn.SGD(weight_decay=0.1)",
        ["nn", "SGD", "weight_decay", "0", "1"],
    ),
    "both languages": ("用Adam训练", ["用", "Adam", "训练"]),
    "other letters": ("β₁ naïve", ["na", "ve"]),
}


@pytest.mark.parametrize(("text", "words"), TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("language", [Words, ChineseWords])
def test_text_is_cut_into_names_and_pairs(
    language: type, text: str, words: list[str]
) -> None:
    """Names stay whole, runs of Chinese become pairs, all else separates."""
    assert words == language({}).split(text)


def test_the_script_of_the_search_has_all_it_needs(built: Project) -> None:
    """Stemmer, splitter, ranking and message are one file, in either language."""
    assert build(built, page=INDEXED, language="zh_CN").returncode == 0
    for language, message in (("en", "Nothing found."), ("zh_CN", "没有找到。")):
        path = built.root / f"out-{language}" / "_static" / "language_data.js"
        script = path.read_text("utf-8")
        assert "window.Stemmer = EnglishStemmer" in script
        names = ("var splitQuery =", "var searchWords =", "var seeIndex =")
        for name in (*names, "class Finder", json.dumps(message)[:-1]):
            assert name in script


def test_an_index_entry_leads_to_its_section(built: Project) -> None:
    """The section's own anchor is used: a link to it stays true."""
    entries = index_of(built)["indexentries"]
    assert [[0, "the-total", True]] == entries["adding up"]
    assert [[0, "the-total", False]] == entries["mean value"]
    page = read_page(built)
    assert page.select_one("[id^=index-]") is None
    genindex = (built.root / "out-en" / "genindex.html").read_text("utf-8")
    assert 'href="index.html#the-total"' in genindex


def test_an_entry_keeps_its_capitals(built: Project) -> None:
    """They tell the parts of a name, which a short word may stand for."""
    entries = index_of(built)["indexentries"]
    assert [[1, "another-page", True]] == entries["LambdaLR"]
    assert "lambdalr" not in entries


def test_a_heading_is_found_in_the_other_language(built: Project) -> None:
    """The catalogue's word for a heading leads to it."""
    assert [[0, "the-total", True]] == index_of(built)["indexentries"]["总和"]


def test_names_used_by_a_comparison_lead_to_its_page(built: Project) -> None:
    """An API that the reference does not have is found where it is used."""
    entries = index_of(built)["indexentries"]
    for name in ("torch.ones", "mindspore.ops.ones"):
        assert [[0, "", False]] == entries[name]


def test_the_index_does_not_depend_on_the_build_before(tmp_path: Path) -> None:
    """A build of one page keeps the others' entries and drops what is gone."""
    project = build_two_pages(tmp_path)
    before = index_of(project)["indexentries"]
    assert "elsewhere" in before
    for _ in range(2):
        done = build(project, page=INDEXED.replace("below", "under"))
        assert done.returncode == 0, done.stderr
        assert before == index_of(project)["indexentries"]
    assert build(project, page=PAGE).returncode == 0
    after = index_of(project)["indexentries"]
    assert {"adding up", "mean value", "总和"} == set(before) - set(after)


def test_translations_lead_both_ways(tmp_path: Path) -> None:
    """Marks of code do not count, and one word may have several translations."""
    path = tmp_path / "crosswalk.po"
    texts = (("Warm-up", "预热"), ("warmup", "预热"), ("`SGD` here", "这里的 `SGD`"))
    pairs = [f'msgid "{en}"\nmsgstr "{zh}"\n' for en, zh in texts]
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    path.write_text("\n".join([head, *pairs]), "utf-8")
    assert ["预热"] == Translations(path, "en").of("warm-up")
    assert ["warm-up", "warmup"] == Translations(path, "zh_CN").of("预热")
    assert ["这里的 sgd"] == Translations(path, "en").of("SGD here")
    assert [] == Translations(path, "en").of("unknown")
