"""Mutants of translations and badges, which the tests of the catalogue should catch."""

import re
from collections.abc import Iterator

from babel.messages import Catalog

from crosswalk.website import catalogue
from tools.mutation.damage import Tried
from tools.mutation.mutants import Change

BADGE = re.compile(r"\{check\}`([^`]+)`")
NAME = re.compile(r"[A-Za-z][\w.]{2,}")


def damage_texts(template: Catalog, known: Catalog) -> Iterator[Tried]:
    """Yield each mutant of a translation, and of a badge on an English page.

    ``template`` holds the messages of the pages, with their places; ``known`` is the
    catalogue.
    Each mutant changes one number, one name in inline code, or one badge.
    """
    translations = {m.id: m.string for m in known if m.id}
    badges = sorted({badge for text in translations for badge in BADGE.findall(text)})
    other = dict(zip(badges, [*badges[1:], *badges[:1]], strict=True))
    for message in template:
        english, chinese = message.id, translations.get(message.id, "")
        if not english:
            continue
        for kind, start, end, new in _changes(chinese, other):
            damaged = {english: chinese[:start] + new + chinese[end:]}
            caught_by = _caught_by([english], damaged)
            yield Tried(english[:60], 0, kind, chinese[start:end], new, caught_by)
        for match in BADGE.finditer(english):
            start, end = match.span(1)
            damaged = english[:start] + other[match[1]] + english[end:]
            # The same paragraph on other pages does not change.
            said = [damaged, english] if len(message.locations) > 1 else [damaged]
            about = {
                t: translations[t] for t in (english, damaged) if t in translations
            }
            new, caught_by = other[match[1]], _caught_by(said, about)
            yield Tried(english[:60], 0, "badge", match[1], new, caught_by)


def _changes(text: str, other: dict[str, str]) -> Iterator[Change]:
    for match in BADGE.finditer(text):
        yield ("badge", *match.span(1), other.get(match[1], "none"))
    code = [m.span() for m in catalogue.CODE.finditer(text)]
    inside = [m.span() for m in BADGE.finditer(text)]
    for match in NAME.finditer(text):
        if _within(match.span(), code) and not _within(match.span(), inside):
            yield ("translated name", *match.span(), f"{match[0]}_")
    for match in catalogue.NUMBER.finditer(text):
        if not _within(match.span(), inside):
            yield ("translated number", *match.span(), f"{match[0]}1")


def _within(span: tuple[int, int], outer: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer)


def _caught_by(said: list[str], translations: dict[str, str]) -> str:
    """Return the test that finds a problem in messages of the pages; "" if none."""
    template, known = Catalog(), Catalog()
    for text in said:
        template.add(text)
    for english, chinese in translations.items():
        known.add(english, chinese)
    found = any(catalogue.problems(template, known))
    return "the catalogue's gate" if found else ""
