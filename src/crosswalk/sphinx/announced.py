"""What the libraries announce of the names that a snippet uses: changes and ends."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import TYPE_CHECKING

from docutils import nodes

from crosswalk.model import Outcome
from crosswalk.sphinx.nodes import Box, box
from crosswalk.sphinx.words import (
    ANNOUNCED,
    ANNOUNCED_BEFORE,
    ANNOUNCED_SINCE,
    GONE,
    WARNED,
    word,
)
from crosswalk.versions.concerns import concern
from crosswalk.versions.installed import ENDS
from crosswalk.versions.record import Record, SeenApi, SeenComparison

if TYPE_CHECKING:
    from crosswalk.sphinx.site import CrosswalkDomain

LONGEST = 320
PACKAGES = {"pytorch": "torch", "mindspore": "mindspore"}


@dataclass(frozen=True)
class Announcement:
    """A sentence of a library on ``name``, "" for a warning while something ran.

    ``about`` are the arguments, values or overloads that alone it concerns.
    ``since`` is the oldest recorded version that has it, ``is_first`` whether no
    older one is recorded, ``newest`` the newest one; ``is_there`` tells whether that
    has the name.
    """

    name: str
    text: str
    since: str
    newest: str
    is_first: bool
    is_there: bool = True
    about: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the name, and what of it is concerned."""
        return f"{self.name} ({', '.join(self.about)})" if self.about else self.name


def of_names(domain: "CrosswalkDomain", names: Iterable[str]) -> list[Announcement]:
    """Return what docstrings announce of ``names``, and have not taken back.

    A sentence that does not tell what it concerns is left out, and so is one on an
    argument where the whole API is announced to end.
    """
    records = _records(domain)
    found = []
    for name in sorted(set(names)):
        package = name.partition(".")[0]
        having = [r for r in records if name in r.apis]
        is_there = bool(having) and having[-1] is records[-1]
        for text, about in _told(name, having[-1].apis[name]) if having else ():
            since = next(r for r in having if text in r.apis[name].notes)
            versions = _versions(domain, package, since)
            found.append(
                Announcement(name, text, **versions, is_there=is_there, about=about)
            )
    return found


def _told(name: str, api: SeenApi) -> list[tuple[str, tuple[str, ...]]]:
    """Return each sentence with what it concerns, those on the whole API alone."""
    found = [(text, concern(text, name, api.signature or "")) for text in api.notes]
    told = [(text, about) for text, about in found if about is not None]
    return [one for one in told if not one[1]] or told


def of_warnings(
    domain: "CrosswalkDomain",
    comparison: str,
    package: str,
    heard: Callable[[SeenComparison], tuple[str, ...]],
) -> list[Announcement]:
    """Return what was announced by the warnings that ``heard`` gives."""
    found: dict[str, Announcement] = {}
    for one in domain.history.here.values():
        seen = one.of(comparison)
        for text in heard(seen) if isinstance(seen, SeenComparison) else ():
            if ENDS.search(text):
                # Before the sentence stands the category of the warning.
                plain = text.partition(": ")[2]
                versions = _versions(domain, package, one.record)
                found.setdefault(plain, Announcement("", plain, **versions))
    return list(found.values())


def at(
    domain: "CrosswalkDomain", outcome: Outcome
) -> tuple[dict[str, list[Announcement]], list[Announcement]]:
    """Return what is announced at each side of a comparison, and at its checks."""
    sides = {}
    for side in outcome.sides:
        package = PACKAGES[side.framework]
        names = {use.name for use in side.uses}
        sides[side.framework] = [
            *of_names(domain, names),
            *of_warnings(
                domain,
                outcome.id,
                package,
                lambda seen, side=side: seen.sides[side.framework].warnings,
            ),
        ]
    told = {(one.name, one.text) for found in sides.values() for one in found}
    names = {use.name for check in outcome.checks for use in check.uses}
    checks = of_names(domain, names)
    checks += of_warnings(domain, outcome.id, "mindspore", lambda seen: seen.warnings)
    return sides, [one for one in checks if (one.name, one.text) not in told]


def shown(language: str, found: list[Announcement], package: str) -> Iterator[Box]:
    """Yield what was announced: names and versions, and folded the sentences."""
    if not found:
        return
    lines = []
    for key, those in (
        (ANNOUNCED, [one for one in found if one.name and one.is_there]),
        (GONE, [one for one in found if one.name and not one.is_there]),
        (WARNED, [one for one in found if not one.name]),
    ):
        if those:
            names = ", ".join(_titles(those))
            lines.append(
                word(language, key).format(
                    names=names, package=package, version=those[0].newest
                )
            )
    summary = box("summary", [nodes.Text(" ".join(lines))])
    items = [_item(language, one) for one in found]
    yield box("details", [summary, box("ul", items)], class_="announced")


def _titles(found: list[Announcement]) -> Iterator[str]:
    """Yield each name once, with all that is concerned of it."""
    for name in dict.fromkeys(one.name for one in found):
        those = [one for one in found if one.name == name]
        about = dict.fromkeys(part for one in those for part in one.about)
        yield replace(those[0], about=tuple(about)).title


def _item(language: str, one: Announcement) -> Box:
    when = word(language, ANNOUNCED_BEFORE if one.is_first else ANNOUNCED_SINCE)
    head = [nodes.literal(one.title, one.title), nodes.Text(" ")] if one.name else []
    text = shorten(one.text, LONGEST, placeholder=" …")
    quote = box("q", [nodes.Text(text)], lang="en")
    told = nodes.Text(f"{when.format(one.since)} ")
    return box("li", [*head, told, quote])


def _versions(
    domain: "CrosswalkDomain", package: str, since: Record
) -> dict[str, str | bool]:
    """Return what an announcement says of versions of a package."""
    records = _records(domain)
    those = (since, records[0], records[-1])
    versions = [record.environment.get(package, "") for record in those]
    is_first = versions[0] == versions[1]
    return {"since": versions[0], "newest": versions[2], "is_first": is_first}


def _records(domain: "CrosswalkDomain") -> list[Record]:
    return [one.record for one in domain.history.here.values()]
