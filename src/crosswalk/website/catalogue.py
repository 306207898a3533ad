"""Find missing and wrong translations in the Chinese catalogue, and update it.

A message is a paragraph, title, cell, claim or code comment of the pages.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

LANGUAGE = "zh_CN"
IN_DOCS = Path("locale", LANGUAGE, "LC_MESSAGES", "crosswalk.po")
PATH = "docs" / IN_DOCS

ROLE = re.compile(r"\{[\w:.-]+\}(`+).+?\1|:[\w:.-]+:`[^`]+`")
# Its text is translated, its target is not.
TERM = re.compile(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`")
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
TARGET = re.compile(r"\]\(([^)\s]+)\)|<(https?://[^>]+)>")
ENTITY = re.compile(r"&\w+;|\{\w+\}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LETTERS = re.compile(r"[A-Za-z]")
# English spells these numbers out, but Chinese may use digits.
SPELLED = {
    "0": "zero zeros no",
    "1": "one first once",
    "2": "two second twice both",
    "3": "three third",
    "4": "four fourth",
    "5": "five fifth",
    "6": "six sixth",
    "7": "seven",
    "8": "eight",
    "9": "nine ninth",
    "10": "ten tenth",
    "11": "eleven",
    "12": "twelve",
    "20": "twenty",
    "30": "thirty",
}


class CatalogueError(ValueError):
    """Raised if there is no catalogue; the message says where, and how to fix it."""


def read(path: Path) -> Catalog:
    """Read a catalogue (.po) or a template (.pot); raises CatalogueError."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=LANGUAGE, abort_invalid=True)
    except OSError as error:
        message = f"{path}: {error.strerror}; 'make translate' writes the template"
        raise CatalogueError(message) from error
    except (PoFileError, UnicodeDecodeError) as error:
        message = f"{path}: expected messages and translations, found: {error}"
        raise CatalogueError(message) from error


def protected(text: str) -> Counter[str]:
    """Return what a translation must keep: roles, inline code and link targets."""
    found: Counter[str] = Counter()
    for match in ROLE.finditer(text):
        found[TERM.sub(r"{term}`\1`", match[0])] += 1
    rest = ROLE.sub(" ", text)
    found.update(match[2].strip() for match in CODE.finditer(rest))
    found.update(match[1] or match[2] for match in TARGET.finditer(CODE.sub(" ", rest)))
    return found


def numbers(text: str) -> Counter[str]:
    """Return the numbers in the prose of ``text``, as written there."""
    rest = TARGET.sub(" ", CODE.sub(" ", ROLE.sub(" ", text)))
    return Counter(NUMBER.findall(rest))


def spelled(text: str) -> Counter[str]:
    """Return the numbers that English ``text`` spells out, in digits."""
    words = Counter(re.findall(r"[a-z]+", text.lower()))
    figures = {
        figure: sum(words[name] for name in names.split())
        for figure, names in SPELLED.items()
    }
    return Counter(figures)


def has_words(text: str) -> bool:
    """Return whether a message contains anything to translate."""
    rest = TARGET.sub("](", CODE.sub(" ", ROLE.sub(" ", text)))
    return bool(LETTERS.search(rest))


def problems(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Yield each message whose translation is missing or wrong in ``catalogue``.

    Each line names the source file and the message: missing, untranslated, fuzzy,
    obsolete, or changing inline code, roles or link targets.
    """
    wanted = {message.id: message for message in template if message.id}
    present = {message.id: message for message in catalogue if message.id}
    for text, message in wanted.items():
        problem = _problem(text, present.get(text))
        if problem:
            yield f"{_where(message)}: {problem}: {text!r}"
    obsolete = [*(set(present) - set(wanted)), *catalogue.obsolete]
    for text in sorted(obsolete):
        yield f"{PATH}: obsolete: {text!r}"


def _problem(text: str, translation: Message | None) -> str:
    if translation is None:
        return "missing in the catalogue"
    if not translation.string:
        return "untranslated"
    if translation.fuzzy:
        return "fuzzy"
    before, after = protected(text), protected(translation.string)
    if before != after:
        lost, new = list(before - after), list(after - before)
        return f"translation changes code, roles or links (lost {lost}, new {new})"
    wanted, found = numbers(text), numbers(translation.string)
    lost, new = list(wanted - found), list(found - wanted - spelled(text))
    if lost or new:
        return f"translation changes numbers (lost {lost}, new {new})"
    return ""


def _where(message: Message) -> str:
    # Babel cuts "file.py:docstring of name:1" at its blanks; join the parts.
    parts = [f"{path}:{line}" if line else path for path, line in message.locations]
    return " ".join(parts) or "?"


def translations(catalogue: Catalog) -> dict[str, str]:
    """Return the Chinese of each translated message that is not marked fuzzy."""
    return {m.id: m.string for m in catalogue if m.id and m.string and not m.fuzzy}


def update(template: Catalog, catalogue: Catalog) -> Catalog:
    """Add the messages of ``template`` to ``catalogue`` and drop all others; return it.

    Fills in messages without words (badges, code, numbers).
    Does not guess: a changed message is a new one, without a translation.
    """
    catalogue.update(template, no_fuzzy_matching=True)
    for message in catalogue:
        if not message.string and not has_words(message.id):
            message.string = message.id
    return catalogue


def write(catalogue: Catalog, path: Path) -> None:
    """Write ``catalogue`` to ``path``, without dates and line numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"no_location": True, "omit_header": True, "ignore_obsolete": True}
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, **options)
    header = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n'
    header += '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(header + path.read_text("utf-8"), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Update the catalogue; return 0, or 2 if a file cannot be read."""
    parser = argparse.ArgumentParser(
        prog="crosswalk.website.catalogue", description=__doc__
    )
    parser.add_argument("template", type=Path, help="messages of the pages (.pot)")
    options = parser.parse_args(arguments)
    try:
        template = read(options.template)
        known = read(PATH) if PATH.exists() else Catalog()
    except CatalogueError as error:
        print(f"crosswalk: {error}", file=sys.stderr)
        return 2
    write(update(template, known), PATH)
    print(*problems(template, read(PATH)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
