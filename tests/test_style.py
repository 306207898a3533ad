"""Pages, claims and their Chinese keep the rules of style that a machine can check."""

import re
from pathlib import Path

import pytest
import style
from conftest import ROOT

from crosswalk.website import catalogue

PROSE = [
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "examples").glob("*/*/checks.py")),
]
ENGLISH = {  # a sentence that breaks a rule: its correction
    "What the optimizer reads.": "The optimizer reads `lr_float`.",
    "It ran on a CPU.": "It ran on CPU.",
    "Besides, it warns.": "It also warns.",
    "The build makes the page anew.": "The build writes the page again.",
    "A yardstick of 0.1 %.": "A rounding baseline of 0.1 %.",
    "That mends the step.": "That fixes the step.",
    "Older pages divide by it.": "The old migration guide divides by it.",
    "This step trains nothing.": "This step does not update the weights.",
    "It raises nothing.": "It raises no error.",
    "It stops without a word.": "It stops without an error.",
    "A list is refused with `TypeError`.": "A list raises `TypeError`.",
    "The weights are those of PyTorch.": "The weights match PyTorch.",
    "`SGD` takes the steps of PyTorch.": "`SGD` matches PyTorch.",
    "The second step is another one.": "The second step differs.",
    "It holds in dynamic graph mode.": "It holds in PyNative mode.",
    "It holds in static graph mode.": "It holds in Graph mode.",
    "A step compiled with `ms.jit`.": "A step compiled with `@ms.jit`.",
    "A step compiled by `@ms.jit`.": "A step compiled with `@ms.jit`.",
    "A step in `@jit`.": "A step in `@ms.jit`.",
    "A step under `ms.jit`.": "A step under `@ms.jit`.",
    "Its documentation string.": "Its docstring.",
    "Differences come of rounding.": "Differences come from rounding.",
    "The weight stays as it was.": "The weight does not change.",
    "It leaves every weight as before.": "It does not change any weight.",
}
HEADINGS = {
    "Set the rate": "Set the learning rate",
    "Set the learning rate.": "Set the learning rate",
    "What changed": "Changes between versions",
}
CHINESE = {
    "每一步之后权重都相等。": "训练 12 步，逐步一致。",
    "第一步之后加载文件。": "第一步后加载文件。",
    "您可以直接赋值。": "直接赋值。",
    "你可以直接赋值。": "直接赋值。",
    "张量不变。": "Tensor 不变。",
    "每个批次更新一次。": "每个 batch 更新一次。",
    "以 PyTorch 为标尺。": "以 PyTorch 为舍入基准。",
    "这是静默陷阱。": "这是不报错的陷阱。",
    "滑动均值从零开始。": "动态均值从零开始。",
    "从检查点恢复训练。": "从检查点续训。",
    "动态模式下成立。": "PyNative 模式下成立。",
    "静态模式下成立。": "Graph 模式下成立。",
    "权重停在原处。": "权重未被更新。",
    "优化器的的状态。": "优化器的状态。",
    "检出 98.8 %。": "检出 98.8%。",
    "下载:脚本": "下载：脚本",
    "权重不变.": "权重不变。",
}


@pytest.mark.parametrize("path", PROSE, ids=lambda path: f"{path.relative_to(ROOT)}")
def test_english_breaks_no_rule(path: Path) -> None:
    """No line of a page and no claim of a check breaks a rule."""
    assert [] == [*style.problems(path)]


def test_chinese_breaks_no_rule() -> None:
    """No translation in the catalogue breaks a rule."""
    messages = catalogue.translations(catalogue.read(ROOT / catalogue.PATH))
    assert messages
    assert {} == {
        chinese: found
        for chinese in messages.values()
        if (found := [*style.chinese(chinese)])
    }


@pytest.mark.parametrize("bad", ENGLISH)
def test_an_english_rule_finds_a_bad_sentence(bad: str) -> None:
    """A rule finds the sentence and passes its correction."""
    assert [*style.english(bad)]
    assert [] == [*style.english(ENGLISH[bad])]


@pytest.mark.parametrize("bad", HEADINGS)
def test_a_rule_of_headings_finds_a_bad_heading(bad: str) -> None:
    """A rule finds the heading and passes its correction."""
    assert [*style.english(bad, heading=True)]
    assert [] == [*style.english(HEADINGS[bad], heading=True)]


@pytest.mark.parametrize("bad", CHINESE)
def test_a_chinese_rule_finds_a_bad_sentence(bad: str) -> None:
    """A rule finds the sentence and passes its correction."""
    assert [*style.chinese(bad)]
    assert [] == [*style.chinese(CHINESE[bad])]


@pytest.mark.parametrize(
    ("rules", "sentences"),
    [
        (style.ENGLISH, ENGLISH),
        (style.HEADINGS, HEADINGS),
        (style.CHINESE, CHINESE),
    ],
    ids=["English", "headings", "Chinese"],
)
def test_each_rule_has_its_sentence(
    rules: dict[str, str], sentences: dict[str, str]
) -> None:
    """Every rule finds one of the bad sentences above."""
    prose = [style.prose(bad) for bad in sentences]
    idle = [rule for rule in rules if not any(re.search(rule, bad) for bad in prose)]
    assert [] == idle


def test_code_is_not_prose(tmp_path: Path) -> None:
    """Rules pass over code, roles, addresses and fenced blocks."""
    page = tmp_path / "page.md"
    page.write_text(
        "Run `anew` with {check}`a/b#anew` and [a link](anew.md).\n"
        "```text\nIt runs anew.\n```\n"
        "It runs anew.\n",
        encoding="utf-8",
    )
    assert [f"{page}:5: 'anew': again"] == [*style.problems(page)]


def test_a_directive_is_prose(tmp_path: Path) -> None:
    """Rules read the content of a directive, which readers see."""
    page = tmp_path / "page.md"
    page.write_text("```{note}\nIt runs anew.\n```\n", encoding="utf-8")
    assert [f"{page}:2: 'anew': again"] == [*style.problems(page)]


def test_a_claim_is_prose(tmp_path: Path) -> None:
    """Rules read the docstring of a check, and not its code."""
    checks = tmp_path / "checks.py"
    checks.write_text(
        'def same(pytorch, mindspore):\n    """It runs\n    anew."""\n    anew = 1\n',
        encoding="utf-8",
    )
    assert [f"{checks}:1: 'anew': again"] == [*style.problems(checks)]
