"""Read the causes of changed behaviour from ``versions/causes.toml``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from crosswalk.project import SNAPSHOTS
from crosswalk.versions.diff import Change, Kind
from crosswalk.versions.snapshot import RecordError

PATH = SNAPSHOTS / "causes.toml"
# Kinds that need a cause; a warning or an argument explains itself.
WANTED: tuple[Kind, ...] = ("check", "side", "output", "verdict")


@dataclass(frozen=True)
class Cause:
    """A change in ``release`` that explains results of comparisons, checks and pairs.

    ``text`` is one or more English sentences, which the catalogue translates.
    """

    release: str
    text: str
    items: tuple[str, ...]

    def explains(self, change: Change) -> bool:
        """Return whether ``change`` is in one of the items."""
        name = change.item.partition("#")[0]
        return change.item in self.items or name in self.items


def read(project: Path) -> tuple[Cause, ...]:
    """Return all causes; none without the file.

    Raises RecordError for a malformed file.
    """
    path = project / PATH
    if not path.exists():
        return ()
    try:
        found = tomllib.loads(path.read_text("utf-8"))["cause"]
        return tuple(Cause(c["release"], c["text"], tuple(c["items"])) for c in found)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        message = (
            f"{path}: expected [[cause]] tables, each with release, text and items, "
            f"got {error!r}"
        )
        raise RecordError(message) from error
