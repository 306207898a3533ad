"""Split a run into shards for several machines, and merge their stores."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from crosswalk.engine.cache import Cache, entry_path, read_entry
from crosswalk.model import Item

# In the folder of a shard's outcomes, whose names have one more dot.
RECORD = "shard.json"
HELP = "run the I-th of N parts, written I/N; 'merge' joins their stores"
AnyItem = TypeVar("AnyItem", bound=Item)


class ShardError(ValueError):
    """Raised if shards do not form one run; the message names the shards."""


@dataclass(frozen=True)
class Shard:
    """Shard ``number``, from 1, of ``count`` shards."""

    number: int
    count: int

    @classmethod
    def read(cls, text: str) -> "Shard":
        """Return the shard written as ``1/3``; raises ShardError for any other text."""
        found = re.fullmatch(r"(\d+)/(\d+)", text)
        shard = cls(*map(int, found.groups())) if found else None
        if not shard or not 1 <= shard.number <= shard.count:
            message = f"shard: expected I/N with I from 1 to N, got {text!r}"
            raise ShardError(message)
        return shard

    def __str__(self) -> str:
        """Return the shard in the form that `read` accepts."""
        return f"{self.number}/{self.count}"

    def part(self, ids: list[str]) -> list[str]:
        """Return the part of ``ids`` in this shard, whatever their order."""
        return sorted(ids)[self.number - 1 :: self.count]


@dataclass(frozen=True)
class Record:
    """Record of a shard in its store: the ids of the whole run, and its settings."""

    folder: Path
    shard: Shard
    ids: list[str]
    settings: dict[str, str]


@contextmanager
def recorded(
    shard: Shard | None, cache: Cache, items: list[AnyItem], settings: dict[str, str]
) -> Iterator[list[AnyItem]]:
    """Yield the items of ``shard``, or all if it is None; then record the shard.

    The record in a store always describes its last run.
    """
    path = cache.folder / RECORD
    path.unlink(missing_ok=True)
    if not shard:
        yield items
        return
    ids = sorted(item.id for item in items)
    mine = set(shard.part(ids))
    yield [item for item in items if item.id in mine]
    data = {"shard": str(shard), "ids": ids, "settings": settings}
    cache.folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1), "utf-8")


def merge(folders: list[Path], into: Path) -> list[str]:
    """Copy the outcomes of all shards to the store ``into``; return their ids.

    Before it copies anything, raises ShardError if a shard is missing or repeated,
    belongs to a different run than the first, or lacks an outcome.
    """
    if into.resolve() in {folder.resolve() for folder in folders}:
        message = f"{into} is one of the stores to merge: name another one"
        raise ShardError(message)
    records = [_read(folder) for folder in folders]
    for record in records[1:]:
        _compare(records[0], record)
    _count(records)
    kept = [path for record in records for path in _outcomes(record)]
    into.mkdir(parents=True, exist_ok=True)
    (into / RECORD).unlink(missing_ok=True)
    for path in kept:
        shutil.copyfile(path, into / path.name)
    return records[0].ids


def _read(folder: Path) -> Record:
    path = folder / RECORD
    try:
        data = json.loads(path.read_text("utf-8"))
        shard = Shard.read(data["shard"])
        return Record(folder, shard, data["ids"], data["settings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = error.strerror if isinstance(error, OSError) else error
        message = (
            f"{folder} is no store of a shard ({RECORD}: {what}): a run with --shard "
            "writes it when it has ended"
        )
        raise ShardError(message) from error


def _compare(first: Record, other: Record) -> None:
    """Raise ShardError unless both are shards of one run."""
    both = f"{first.folder} and {other.folder} are shards of different runs: "
    if first.shard.count != other.shard.count:
        message = f"{both}{first.shard} and {other.shard}"
        raise ShardError(message)
    for name in sorted(first.settings.keys() | other.settings.keys()):
        one, two = first.settings.get(name), other.settings.get(name)
        if one != two:
            message = f"{both}{name} {one} and {two}"
            raise ShardError(message)
    only = sorted(set(first.ids) ^ set(other.ids))
    if only:
        message = f"{both}only one of them knows {', '.join(map(repr, only))}"
        raise ShardError(message)


def _count(records: list[Record]) -> None:
    """Raise ShardError unless each shard is present exactly once."""
    found: dict[int, Record] = {}
    for record in records:
        twin = found.setdefault(record.shard.number, record)
        if twin is not record:
            message = f"shard {record.shard} twice: {twin.folder} and {record.folder}"
            raise ShardError(message)
    count = records[0].shard.count
    missing = [str(Shard(n, count)) for n in range(1, count + 1) if n not in found]
    if missing:
        message = f"missing: shard {', '.join(missing)}; name its store, too"
        raise ShardError(message)


def _outcomes(record: Record) -> Iterator[Path]:
    """Yield the file of each outcome of a shard; a missing one raises ShardError."""
    for identifier in record.shard.part(record.ids):
        if not read_entry(record.folder, identifier):
            message = (
                f"{record.folder}, shard {record.shard}: the outcome of "
                f"{identifier!r} is missing or damaged; run this shard again"
            )
            raise ShardError(message)
        yield entry_path(record.folder, identifier)
