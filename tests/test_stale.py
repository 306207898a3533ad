"""What is kept is stale once anything changed that it comes of, and nothing else is."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from crosswalk.comparisons.discover import discover
from crosswalk.comparisons.run import comparison_cache
from crosswalk.engine import storage
from crosswalk.parity import load, measure
from crosswalk.versions import recorder

COMPARISON = next(iter(discover(ROOT / "examples").comparisons.values()))
PAIR = next(iter(load.pairs(load.read(ROOT / "parity")).values()))
COMPARISONS, PAIRS = {"outcomes", "records"}, {"pair outcomes", "pair records"}
# By code folder; "." are the modules beside the folders.
STALE = {
    ".": COMPARISONS | PAIRS,
    "engine": COMPARISONS | PAIRS,
    "comparisons": COMPARISONS,
    "parity": PAIRS,
    "report": set(),
    "versions": set(),
    "cli": set(),
    "sphinx": set(),
    "website": set(),
    "pytest_plugin": set(),
}


def keys() -> dict[str, str]:
    """Return the key of a comparison and of a pair, as outcomes and in records."""
    storage.digest_of_code.cache_clear()
    pair = measure.items([PAIR])[0]
    cache = measure.runner(ROOT, ROOT, "cpu").cache
    return {
        "outcomes": comparison_cache(ROOT, ROOT).key(COMPARISON, (), {}),
        "records": recorder.sources(COMPARISON, ROOT),
        "pair outcomes": cache.key(pair, (), {}),
        "pair records": recorder.sources_of_pair(PAIR, ROOT),
    }


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of our code that keys are made of."""
    copy = tmp_path / "crosswalk"
    shutil.copytree(storage.PACKAGE, copy, ignore=shutil.ignore_patterns("*.pyc"))
    monkeypatch.setattr(storage, "PACKAGE", copy)
    yield copy
    # What was read of the copy is not our code.
    storage.digest_of_code.cache_clear()


def changed(code: Path, folder: str, line: str) -> set[str]:
    """Return what is stale once ``line`` stands in a module of ``folder``."""
    before = keys()
    path = next(p for p in sorted((code / folder).glob("*.py")) if p.stat().st_size)
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")
    after = keys()
    return {name for name, key in after.items() if key != before[name]}


def test_every_folder_is_here() -> None:
    """A new folder of code is added above."""
    folders = {p.parent for p in storage.PACKAGE.rglob("*.py")}
    tops = {p.relative_to(storage.PACKAGE).parts[:1] for p in folders}
    assert set(STALE) == {top[0] if top else "." for top in tops}


@pytest.mark.parametrize("folder", STALE)
def test_one_line_of_code_makes_stale_what_it_made(code: Path, folder: str) -> None:
    """A tolerance, a seed or an assertion of ours is part of what was run."""
    assert STALE[folder] == changed(code, folder, "TOLERANCE = 0.5")


def test_a_failed_side_leaves_the_key_as_it_is() -> None:
    """A version on which no check ran is compared with one on which they did."""
    found = discover(ROOT / "examples").comparisons.values()
    sharing = next(comparison for comparison in found if comparison.shared)
    imports = (str(sharing.shared.relative_to(ROOT)),)
    assert recorder.sources(sharing, ROOT, imports) == recorder.sources(sharing, ROOT)


@pytest.mark.parametrize("folder", STALE)
def test_a_docstring_of_our_code_makes_nothing_stale(code: Path, folder: str) -> None:
    """Nobody runs anything again for a sentence."""
    found = changed(code, folder, 'def nothing():\n    """Do nothing."""')
    more = changed(code, folder, 'def other():\n    """Do."""\n    return 1')
    assert STALE[folder] == found == more
    path = next(p for p in sorted((code / folder).glob("*.py")) if p.stat().st_size)
    before = keys()
    path.write_text(path.read_text("utf-8").replace("Do nothing", "Rest"), "utf-8")
    assert before == keys()


CHECKED = 'def holds(pytorch, mindspore):\n    """They agree."""\n    assert 1 == 1\n'


@pytest.mark.parametrize(
    "source",
    [
        CHECKED.replace("They agree.", "Both give\n    the same.\n    "),
        '"""About all."""\n' + CHECKED,
    ],
)
def test_a_claim_in_other_words_keeps_its_results(source: str, tmp_path: Path) -> None:
    """What other versions gave counts on: the check that ran is the same."""
    assert _digest(CHECKED, tmp_path) == _digest(source, tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        CHECKED.replace("1 == 1", "2 == 2"),
        CHECKED.replace("holds", "stays"),
        CHECKED + '\n\ndef other(): "On one line."\n',
        CHECKED + 'NAME = """They agree."""\n',
        CHECKED.replace("1 == 1", "1 =="),
    ],
)
def test_other_code_is_outdated(source: str, tmp_path: Path) -> None:
    """What ran on other versions was something else."""
    assert _digest(CHECKED, tmp_path) != _digest(source, tmp_path)


def _digest(source: str, folder: Path) -> str:
    file = folder / "checks.py"
    file.write_text(source, encoding="utf-8")
    return storage.digest_of_files([file], folder, read=storage.without_docstrings)
