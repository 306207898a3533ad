"""Find the warnings of the libraries in the output of a side or a check."""

import re
from pathlib import Path

from crosswalk.engine import sandbox
from crosswalk.expect import normalise

SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
# In characters.
LONGEST = 400
# As Python prints them: the file, the line, the category and the text.
PYTHON = re.compile(r"^\S+:\d+: (?P<category>\w*Warning): (?P<text>.*)$", re.MULTILINE)
# As MindSpore's Python code ("ME") prints them; the parentheses hold what changes from
# run to run. Warnings of its compiler are about nodes and addresses and are left out.
MINDSPORE = re.compile(
    r"^\[WARNING\] (?P<category>ME)\([^)]*\):[^\[]*\[[^\]]*\](?! *\w+\] )"
    r"(?P<text>.*)$",
    re.MULTILINE,
)


def read(file: Path, limits: sandbox.Limits) -> tuple[str, ...]:
    """Return the distinct warnings in the captured output ``file``, sorted."""
    data, _ = sandbox.printed(file, limits)
    return warnings_in(data.decode(errors="replace"))


def warnings_in(text: str) -> tuple[str, ...]:
    """Return the distinct warnings that Python and MindSpore printed, sorted."""
    found = [m for pattern in (PYTHON, MINDSPORE) for m in pattern.finditer(text)]
    texts = (f"{m['category']}: {m['text'].strip()}" for m in found)
    return tuple(sorted({cut(normalise(first_sentence(text))) for text in texts}))


def first_sentence(text: str) -> str:
    """Return the first sentence of a warning; values and advice follow it."""
    return SENTENCE.split(text, maxsplit=1)[0]


def cut(text: str) -> str:
    """Return a library's text, cut to the stored length; some are pages long."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
