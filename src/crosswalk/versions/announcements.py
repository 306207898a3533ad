"""Collect the libraries' announcements about the APIs that a snippet uses."""

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
    """A library's sentence about ``name``, which is "" for a warning during a run.

    ``about`` are the arguments, values or overloads that it is limited to.
    ``since`` is the oldest recorded version that has it, ``is_first`` is True if no
    older one is recorded, and ``newest`` is the newest recorded version; ``is_there``
    is True if that version has the name.
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
        """Return the name, with the part of it that the sentence is about."""
        return f"{self.name} ({', '.join(self.about)})" if self.about else self.name


def of_names(history: History, names: Iterable[str]) -> list[Announcement]:
    """Return the announcements about ``names`` in docstrings that are still current.

    Omits sentences without a clear target, and sentences about an argument of an API
    that is announced to end as a whole.
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
    """Return each sentence with its target; only those about the whole API, if any."""
    found = [(text, concern(text, name, api.signature or ())) for text in api.notes]
    told = [(text, about) for text, about in found if about is not None]
    return [one for one in told if not one[1]] or told


def of_warnings(
    history: History,
    comparison: str,
    package: str,
    heard: Callable[[SeenComparison], tuple[str, ...]],
) -> list[Announcement]:
    """Return the announcements in the warnings that ``heard`` returns."""
    found: dict[str, Announcement] = {}
    for one in history.here.values():
        seen = one.of(comparison)
        for text in heard(seen) if isinstance(seen, SeenComparison) else ():
            if ENDS.search(text):
                # The category of the warning precedes the sentence.
                plain = text.partition(": ")[2]
                versions = _versions(history, package, one.record)
                found.setdefault(plain, Announcement("", plain, **versions))
    return list(found.values())


def at(
    history: History, outcome: Outcome
) -> tuple[dict[str, list[Announcement]], list[Announcement]]:
    """Return the announcements for each side of a comparison, and for its checks."""
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
    """Return the fields of an announcement that depend on a package's versions."""
    records = _records(history)
    those = (since, records[0], records[-1])
    versions = [record.environment.get(package, "") for record in those]
    is_first = versions[0] == versions[1]
    return {"since": versions[0], "newest": versions[2], "is_first": is_first}


def _records(history: History) -> list[Record]:
    return [one.record for one in history.here.values()]
