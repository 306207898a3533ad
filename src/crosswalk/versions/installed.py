"""Look up names in the installed libraries: signatures and announcements.

``python -m crosswalk.versions.installed`` reads names as a JSON list and writes its
findings as JSON; it runs in a separate process, because it imports the frameworks.
"""

import importlib
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from crosswalk import introspect
from crosswalk.comparisons.warned import warnings_in
from crosswalk.introspect import Argument
from crosswalk.model import read
from crosswalk.versions.snapshot import SeenApi

# Words that announce an end, as both libraries use them.
ENDS = re.compile(r"(?i)\bdeprecat|\bwill be removed\b|\bchange or deletion\b")
# Before a sentence: the markup of a directive or of a list item.
MARKUP = re.compile(r"^(?:\.\. \w+::|[-*]) *")
# The heading of the arguments, and one of them: "    lr (float, optional): ".
ARGUMENTS = re.compile(
    r"^(?:Keyword )?(?:Args|Arguments|Parameters)\s*:?\s*$", re.IGNORECASE
)
ITEM = re.compile(r"^(\s+)(?:[-*] )?[*`]*(\w+)[*`]*\s*(?:\(.*?\))?\s*:(?:\s+|$)")
STARTS = re.compile(r"^\s*(?:\.\. |[-*] |>>> )")
POINTS_BACK = re.compile(r"^However, (?:this|it) ")
ROLE = re.compile(r":\w+:`~?\.?([^`<]+)`|``?([^`]+)``?")


def look_up(names: Iterable[str]) -> tuple[dict[str, SeenApi], tuple[str, ...]]:
    """Return the libraries' data on ``names``, and the warnings of importing them.

    Omits names that do not exist.
    Raises subprocess.CalledProcessError if the frameworks cannot be imported.
    """
    command = [sys.executable, "-W", "default", "-m", __name__]
    given = json.dumps(sorted(names))
    done = subprocess.run(  # noqa: S603 - our own module
        command, input=given, capture_output=True, check=True, encoding="utf-8"
    )
    # Libraries may print while they are imported: the last line is ours.
    data = json.loads(done.stdout.splitlines()[-1])
    apis = {name: read(found, SeenApi) for name, found in data.items()}
    return apis, warnings_in(done.stderr)


def find(name: str) -> object:
    """Return the object with a dotted name; raises LookupError if there is none."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        try:
            for part in parts[length:]:
                found = inspect.getattr_static(found, part)
        except AttributeError:
            continue
        return found
    raise LookupError(name)


def signature(value: object) -> tuple[Argument, ...] | None:
    """Return the arguments of a callable; None if unknown."""
    if isinstance(value, staticmethod | classmethod):
        value = value.__func__
    try:
        return introspect.signature(value)
    except (AttributeError, TypeError, ValueError):
        return None


def notes(value: object) -> tuple[str, ...]:
    """Return the sentences of a docstring that announce an end.

    A sentence in the description of an argument begins with the argument's name.
    """
    found: list[str] = []
    for argument, paragraph in _paragraphs(_docstring(value)):
        text = MARKUP.sub("", " ".join(paragraph.split()))
        plain = ROLE.sub(lambda m: m[1] or m[2], text)
        before = ""
        for sentence in re.split(r"(?<=[.!])\s+(?=[A-Z])", plain):
            # The sentence before it explains "this".
            whole = f"{before} {sentence}" if POINTS_BACK.match(sentence) else sentence
            if argument and not re.search(rf"\b{argument}\b", whole):
                whole = f"{argument}: {whole}"
            if ENDS.search(sentence) and whole not in found:
                found.append(whole)
            before = sentence
    return tuple(found)


def _docstring(value: object) -> str:
    return (inspect.getdoc(value) if callable(value) else None) or ""


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Yield each paragraph of a docstring, with the argument that it describes."""
    argument, lines, depth, in_arguments = "", [], 0, False
    for row in text.split("\n"):
        line = row
        item = ITEM.match(line) if in_arguments else None
        is_item = item and (not depth or len(item[1]) == depth)
        if is_item or not line.strip() or STARTS.match(line):
            yield argument, "\n".join(lines)
            lines = []
        if is_item:
            depth, argument, line = len(item[1]), item[2], line[item.end() :]
        elif line and not line[0].isspace():
            argument, depth, in_arguments = "", 0, bool(ARGUMENTS.match(line))
        lines.append(line)
    yield argument, "\n".join(lines)


def _main() -> None:
    found = {}
    for name in json.load(sys.stdin):
        try:
            value = find(name)
        except LookupError:
            continue
        arguments = signature(value)
        found[name] = SeenApi(arguments, notes(value))
    print(json.dumps(found, default=asdict))  # noqa: T201 - a command line prints


if __name__ == "__main__":
    _main()
