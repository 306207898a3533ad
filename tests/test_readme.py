"""The READMEs show a comparison as it is, with the output that it gives."""

import re

import pytest
from conftest import ROOT

from crosswalk.comparisons.discover import read_comparison
from crosswalk.comparisons.run import comparison_runner
from crosswalk.model import FRAMEWORKS

NAMES = ("README.md", "README.zh.md")


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    """Return the code, outputs and check that both READMEs must show, in order."""
    comparison = read_comparison(ROOT / "examples" / "learning_rate" / "assign_rate")
    runner = comparison_runner(ROOT / "_build" / "outcomes", ROOT)
    (outcome,) = runner.run([comparison])
    found = []
    for framework in FRAMEWORKS:
        cells = comparison.side(framework).cells
        found.append("\n\n".join(cell.source for cell in cells if not cell.is_setup))
        found.append(outcome.side(framework).stdout.rstrip("\n"))
    return [*found, comparison.check("reads_back").source]


@pytest.mark.parametrize("name", NAMES)
def test_code_and_output_are_real(name: str, blocks: list[str]) -> None:
    """Each code block is what ran, and each output what came of it."""
    text = (ROOT / name).read_text("utf-8")
    shown = re.findall(r"```(?:python|text)\n(.*?)\n```", text, re.DOTALL)
    assert shown == blocks


def test_both_languages_give_the_same_commands() -> None:
    """English and Chinese readers are told to type the same."""
    commands = [
        re.findall(r"```console\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
        for name in NAMES
    ]
    assert commands[0] == commands[1]
