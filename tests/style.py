"""Rules of style that a machine can check, for prose in English and in Chinese.

``python tests/style.py FILE...`` prints what breaks a rule in pages (.md) and in the
docstrings of checks (.py).
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

# Code, roles and addresses are not prose.
NOT_PROSE = re.compile(
    r"\{[\w:.-]+\}`[^`]*`|``[^`]+``|`[^`]+`|\]\([^)]*\)|<https?://[^>]+>"
)
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
ENGLISH = {  # pattern: what to write
    r"(?:^|(?<=[.:|] ))What (?![^.|]*\?)": "name the thing; no what-clause",
    r"\bon (?:a|the) CPU\b": "on CPU",
    r"\b[Bb]esides\b": "also, in addition",
    r"\banew\b": "again",
    r"\byardsticks?\b": "rounding baseline",
    r"\b(?:mend|mends|mended)\b": "fix",
    r"\b[Oo]lder pages\b": "the old migration guide",
    r"\b(?:trains?|moves?) nothing\b": "does not update the weights",
    r"\braises? nothing\b": "raises no error",
    r"\bwithout a word\b": "without an error",
    r"\b(?:is|are|was|were) (?:refused|answered) (?:with|by)\b": "raises",
    r"\b(?:is that|are those|was that|were those) of\b": "matches; repeat the noun",
    r"\b(?:gives?|gave|has|have|takes?|took) the (?:weights|steps|updates) of\b": (
        "matches"
    ),
    r"\b(?:is|are) (?:another one|other ones)\b": "differs",
    r"\bdynamic(?: graph)? mode\b": "PyNative mode",
    r"\bstatic graph mode\b": "Graph mode",
    r"\b[Cc]ompiled (?:by|with) `(?:ms\.)?jit`": "compiled with `@ms.jit`",
    r"\b[Cc]ompiled by `@(?:ms\.)?jit`": "compiled with `@ms.jit`",
    r"`@jit`": "`@ms.jit`",
    r"\bunder `(?:ms\.)?jit`": "under `@ms.jit`",
    r"\bdocumentation strings?\b": "docstring",
    r"\bcome of\b": "come from",
    r"\bstay(?:s|ed)? (?:where|as) (?:it was|they were|they are)\b": "does not change",
    r"\bleaves? (?:every weight|the weights|it|them) as\b": "does not change",
}
HEADINGS = {  # in titles only
    r"\b[Tt]he rate\b": "the learning rate",
    r"\.$": "no period",
    r"^What\b(?!.*\?$)": "a task or a noun",
}
CHINESE = {
    "每一步之后": "逐步一致",
    "(?<!每)一步之后": "一步后",
    "您": "祈使句",
    "(?<!其)你": "祈使句",
    "张量": "Tensor",
    "批次": "batch",
    "标尺": "舍入基准",
    "静默陷阱": "不报错的陷阱",
    "滑动均值": "动态均值",
    "恢复训练": "续训",
    "动态模式": "PyNative 模式",
    "静态模式": "Graph 模式",
    "停在原处|原封不动": "未被更新",
    "的的|使使|了了": "叠字",
    r"\d %": "98.8%",
    "[\u4e00-\u9fff][,:;?!]|[\u4e00-\u9fff]\\.(?= |$)": "全角标点",
}


def prose(text: str) -> str:
    """Return ``text`` with ``…`` in the place of code that no rule names."""
    named = r"`@?(?:ms\.)?jit`"
    return NOT_PROSE.sub(
        lambda match: match[0] if re.fullmatch(named, match[0]) else "…", text
    )


def english(text: str, *, heading: bool = False) -> Iterator[str]:
    """Yield what breaks a rule in a line of English, and what to write."""
    for pattern, advice in (ENGLISH | (HEADINGS if heading else {})).items():
        for match in re.finditer(pattern, prose(text)):
            yield f"{match[0].strip()!r}: {advice}"


def chinese(text: str) -> Iterator[str]:
    """Yield what breaks a rule in a Chinese message, and what to write."""
    for pattern, advice in CHINESE.items():
        for match in re.finditer(pattern, prose(text)):
            yield f"{match[0]!r}: {advice}"


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of prose of a page, or of the docstrings of checks."""
    source = path.read_text("utf-8")
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
                yield node.lineno, " ".join(ast.get_docstring(node).split())
        return
    fence = ""
    for number, line in enumerate(source.splitlines(), 1):
        mark = FENCE.match(line)
        if mark and not fence and "{" not in line:
            fence = mark[1]
        elif mark and fence and line.strip() == fence:
            fence = ""
        elif not fence and not mark:
            yield number, line


def problems(path: Path) -> Iterator[str]:
    """Yield ``path:line: what to write`` for each rule that a file breaks."""
    for number, line in lines(path):
        is_heading = path.suffix == ".md" and line.startswith("#")
        for found in english(line.lstrip("# "), heading=is_heading):
            yield f"{path}:{number}: {found}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.writelines(f"{found}\n" for found in problems(Path(name)))
