"""The Chinese catalogue is complete, and what would break it is noticed."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog
from conftest import ROOT, clean_environment

from crosswalk.website import catalogue

PAGE = "docs/page.md"


def template(*texts: str) -> Catalog:
    """Return a template with one message for each text."""
    made = Catalog()
    for line, text in enumerate(texts, 1):
        made.add(text, locations=[(PAGE, line)])
    return made


def translated(**strings: str) -> Catalog:
    """Return a catalogue with the given translations."""
    made = Catalog(locale="zh_CN")
    for text, string in strings.items():
        made.add(text, string)
    return made


SOURCE = "Call `step()` 12 times, as in [the guide](guide.md). {check}`a/b#c`"
GOOD = "按[指南](guide.md)调用 `step()` 12 次。 {check}`a/b#c`"
FAULTS = {
    "untranslated": ("", "untranslated"),
    "changed code": (GOOD.replace("step()", "Step()"), "changes code"),
    "changed role": (GOOD.replace("a/b#c", "a/b#d"), "changes code"),
    "lost role": (GOOD.partition(" {check}")[0], "changes code"),
    "changed link": (GOOD.replace("guide.md", "other.md"), "changes code"),
    "changed number": (GOOD.replace("12", "13"), "(lost ['12'], new ['13'])"),
    "added number": (GOOD.replace("次", "次或 2 次"), "(lost [], new ['2'])"),
    "added code": (f"{GOOD}`x`", "changes code"),
}


@pytest.mark.parametrize(("string", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_translation_is_named(string: str, problem: str) -> None:
    """A fault is reported with the source file, its line and the message."""
    (found,) = catalogue.problems(template(SOURCE), translated(**{SOURCE: string}))
    assert found.startswith(f"{PAGE}:1: ")
    assert problem in found
    assert found.endswith(repr(SOURCE))


def test_figures_may_stand_for_words() -> None:
    """Chinese may write as a figure what English spells out, and nothing else."""
    english, chinese = "Twelve steps of both.", "2 个各 12 步。"
    assert [] == list(
        catalogue.problems(template(english), translated(**{english: chinese}))
    )


def test_a_good_translation_passes() -> None:
    """Code, roles and links may change their order."""
    assert [] == list(
        catalogue.problems(template(SOURCE), translated(**{SOURCE: GOOD}))
    )


def test_missing_obsolete_and_fuzzy_messages_are_named() -> None:
    """A message on one side only, and an uncertain one, are faults."""
    known = translated(gone="没有了", here="在这里")
    known["here"].flags.add("fuzzy")
    found = list(catalogue.problems(template("here", "new"), known))
    expected = [
        f"{PAGE}:1: fuzzy: 'here'",
        f"{PAGE}:2: missing in the catalogue: 'new'",
        f"{catalogue.PATH}: obsolete: 'gone'",
    ]
    assert found == expected


def test_update_keeps_fills_and_drops(tmp_path: Path) -> None:
    """An update keeps translations, fills in what has no words, drops the rest."""
    known = translated(kept="保留", gone="没有了")
    pot = template("kept", "new words", "{check}`a/b#c`", "`code`", "0.1")
    path = tmp_path / "x.po"
    catalogue.write(catalogue.update(pot, known), path)
    written = {m.id: m.string for m in catalogue.read(path) if m.id}
    assert written == {
        "kept": "保留",
        "new words": "",
        "{check}`a/b#c`": "{check}`a/b#c`",
        "`code`": "`code`",
        "0.1": "0.1",
    }


def test_the_catalogue_of_this_site_is_complete(tmp_path: Path) -> None:
    """Every message of every page has a Chinese translation that keeps its code."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", "-c", "."]
    done = subprocess.run(
        [*command, "-d", tmp_path / "doctrees", "docs", tmp_path],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr)
    pot = catalogue.read(tmp_path / "crosswalk.pot")
    assert len(pot) > 1000
    found = list(catalogue.problems(pot, catalogue.read(ROOT / catalogue.PATH)))
    assert [] == found, "run `make translate`, then edit the catalogue"


@pytest.mark.parametrize(
    ("string", "found"),
    [
        ("用{term}`例 <case>`。", []),
        ("用{term}`例 <check>`。", ["translation changes"]),
    ],
)
def test_a_term_keeps_its_target_and_translates_its_text(
    string: str, found: list[str]
) -> None:
    """A glossary term reads as Chinese and links to the same entry."""
    text = "One of the {term}`cases <case>`."
    told = catalogue.problems(template(text), translated(**{text: string}))
    assert found == [problem.split(": ")[1][:19] for problem in told]
