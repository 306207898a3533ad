"""What the libraries announce of the names that a snippet uses: changes and ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crosswalk.model import Outcome
from crosswalk.versions.concerns import concern
from crosswalk.versions.history import History
from crosswalk.versions.installed import ENDS
from crosswalk.versions.snapshot import Record, SeenApi, SeenComparison

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


def of_names(history: History, names: Iterable[str]) -> list[Announcement]:
    """Return what docstrings announce of ``names``, and have not taken back.

    A sentence that does not tell what it concerns is left out, and so is one on an
    argument where the whole API is announced to end.
    """
    records = _records(history)
    found = []
    for name in sorted(set(names)):
        package = name.partition(".")[0]
        having = [r for r in records if name in r.apis]
        is_there = bool(having) and having[-1] is records[-1]
        for text, about in _told(name, having[-1].apis[name]) if having else ():
            since = next(r for r in having if text in r.apis[name].notes)
            versions = _versions(history, package, since)
            found.append(
                Announcement(name, text, **versions, is_there=is_there, about=about)
            )
    return found


def _told(name: str, api: SeenApi) -> list[tuple[str, tuple[str, ...]]]:
    """Return each sentence with what it concerns, those on the whole API alone."""
    found = [(text, concern(text, name, api.signature or ())) for text in api.notes]
    told = [(text, about) for text, about in found if about is not None]
    return [one for one in told if not one[1]] or told


def of_warnings(
    history: History,
    comparison: str,
    package: str,
    heard: Callable[[SeenComparison], tuple[str, ...]],
) -> list[Announcement]:
    """Return what was announced by the warnings that ``heard`` gives."""
    found: dict[str, Announcement] = {}
    for one in history.here.values():
        seen = one.of(comparison)
        for text in heard(seen) if isinstance(seen, SeenComparison) else ():
            if ENDS.search(text):
                # Before the sentence stands the category of the warning.
                plain = text.partition(": ")[2]
                versions = _versions(history, package, one.record)
                found.setdefault(plain, Announcement("", plain, **versions))
    return list(found.values())


def at(
    history: History, outcome: Outcome
) -> tuple[dict[str, list[Announcement]], list[Announcement]]:
    """Return what is announced at each side of a comparison, and at its checks."""
    sides = {}
    for side in outcome.sides:
        package = PACKAGES[side.framework]
        names = {use.name for use in side.uses}
        sides[side.framework] = [
            *of_names(history, names),
            *of_warnings(
                history,
                outcome.id,
                package,
                lambda seen, side=side: seen.sides[side.framework].warnings,
            ),
        ]
    told = {(one.name, one.text) for found in sides.values() for one in found}
    names = {use.name for check in outcome.checks for use in check.uses}
    checks = of_names(history, names)
    checks += of_warnings(history, outcome.id, "mindspore", lambda seen: seen.warnings)
    return sides, [one for one in checks if (one.name, one.text) not in told]


def _versions(history: History, package: str, since: Record) -> dict[str, str | bool]:
    """Return what an announcement says of versions of a package."""
    records = _records(history)
    those = (since, records[0], records[-1])
    versions = [record.environment.get(package, "") for record in those]
    is_first = versions[0] == versions[1]
    return {"since": versions[0], "newest": versions[2], "is_first": is_first}


def _records(history: History) -> list[Record]:
    return [one.record for one in history.here.values()]
