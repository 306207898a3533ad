"""The interface has a translation of all that it says, and of nothing else."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.pofile import read_po
from conftest import ROOT

from crosswalk.engine import sandbox
from crosswalk.model import Status
from crosswalk.parity.measurement import (
    NO_EFFECTIVE_CHANGE,
    SAVED,
    Gradients,
    PairVerdict,
)
from crosswalk.sphinx import interface
from crosswalk.sphinx.parity.upstream import ClaimVerdict
from crosswalk.sphinx.parity.versions import VERDICTS
from crosswalk.versions.history import MISSING, OUTDATED

FOLDERS = (ROOT / "src" / "crosswalk" / "sphinx", ROOT / "tools")
CATALOGUES = interface.sources()
# What the core reports and the interface shows.
REPORTED = {
    "kept from": sandbox.ALL,
    "status": (*get_args(Status), OUTDATED, MISSING),
    "resumed": (*SAVED, NO_EFFECTIVE_CHANGE),
    "official verdict": get_args(ClaimVerdict),
    "gradients": [f"{kind} gradients" for kind in get_args(Gradients)],
}


def asked() -> Iterator[str]:
    """Yield each text that the code has translated where it stands.

    Babel does not look into f-strings before Python 3.12; this does.
    """
    for path in (path for folder in FOLDERS for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(ast.Name("_"), [ast.Constant(str(text))]):
                    yield text


def translations(path: Path) -> dict[str, str]:
    """Return the messages of a catalogue with what they are translated to."""
    with path.open("rb") as file:
        return {m.id: m.string for m in read_po(file) if m.id and not m.fuzzy}


def fields(text: str) -> Counter[tuple[str, str]]:
    """Return what stands in the braces of ``text``."""
    parts = Formatter().parse(text)
    return Counter((name, spec) for _, name, spec, _ in parts if name is not None)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_catalogue_of_the_interface_is_complete(path: Path) -> None:
    """No text is without translation, and no translation without text."""
    known, wanted = translations(path), set(asked())
    assert len(wanted) > 100
    assert set() == wanted - set(known), "add these to the catalogue"
    assert set() == set(known) - wanted, "nothing asks for these"
    assert [] == [text for text, translation in known.items() if not translation]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_fields(path: Path) -> None:
    """What is filled in is the same, whatever its order."""
    for text, translation in translations(path).items():
        assert fields(text) == fields(translation), text


def test_chinese_is_there() -> None:
    """The other language of this site has its catalogue."""
    assert ["zh_CN"] == [path.parts[-3] for path in CATALOGUES]


@pytest.mark.parametrize("names", REPORTED.values(), ids=REPORTED)
def test_what_the_core_reports_is_translated(names: list[str]) -> None:
    """A name that is new in the core is not left in English."""
    assert set() == set(names) - set(asked())


def test_each_verdict_has_its_word() -> None:
    """No pair has a verdict that pages cannot show."""
    assert set() == set(get_args(PairVerdict)) - set(VERDICTS)
