"""Store outcomes on disk, with a key that covers everything that can change them."""

import json
from pathlib import Path
from typing import Any

from crosswalk.engine import storage
from crosswalk.engine.task import Procedure
from crosswalk.model import Item, ItemOutcome


class CacheError(OSError):
    """Raised if an outcome cannot be stored; the message says where and why."""


class Cache:
    """A folder with one JSON file per item, which includes its key.

    An item has an ``id`` and ``files``; it is a comparison or a pair.
    The cache returns only outcomes in which everything passed; failed or skipped items
    run again.
    """

    def __init__(self, folder: Path, project: Path, procedure: Procedure) -> None:
        """Store outcomes in ``folder``; name sources relative to ``project``.

        ``procedure`` defines how to read an outcome, and which code can change it.
        """
        self.folder = folder
        self.project = project
        self.procedure = procedure

    def get(self, item: Item, settings: dict[str, str]) -> ItemOutcome | None:
        """Return the stored outcome if it passed and its key is current, else None."""
        data = read_entry(self.folder, item.id)
        if not data:
            return None
        try:
            outcome = self.procedure.read(data["outcome"])
        except (KeyError, TypeError):
            return None  # of another layout: run it again
        key = self.key(item, outcome.sources, settings)
        is_current = data["key"] == key and outcome.status == "passed"
        return outcome if is_current else None

    def put(self, item: Item, outcome: ItemOutcome, settings: dict[str, str]) -> None:
        """Store ``outcome`` in one step, so a reader never sees half of it.

        Raises CacheError if it cannot be written.
        """
        outcome_data = json.loads(json.dumps(outcome.to_json()))
        data = {
            "key": self.key(item, outcome.sources, settings),
            "digest": storage.digest_of_data(outcome_data),
            "outcome": outcome_data,
        }
        path = entry_path(self.folder, item.id)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            storage.write_whole(path, json.dumps(data, indent=1))
        except OSError as error:
            message = (
                f"cannot keep the outcome of {item.id!r} in {path}: {error.strerror}; "
                "make room there, or name another folder"
            )
            raise CacheError(message) from error

    def key(
        self,
        item: Item,
        sources: tuple[str, ...],
        settings: dict[str, str],
    ) -> str:
        """Return the digest of everything that can change an outcome.

        It covers the item's files, its imports from the project, the folders of our own
        code that run it, and ``settings`` (versions, device, time limit).
        A missing source changes the digest as well.
        """
        code = storage.digest_of_code(self.procedure.code)
        shared = json.dumps([settings, code], sort_keys=True)
        files = {*item.files, *(self.project / name for name in sources)}
        return storage.digest_of_files(files, self.project, shared=shared)


def entry_path(folder: Path, identifier: str) -> Path:
    """Return the file of an item in the cache at ``folder``."""
    return folder / f"{identifier.replace('/', '.')}.json"


def read_entry(folder: Path, identifier: str) -> dict[str, Any] | None:
    """Return the stored data of an item; None if missing, cut short or damaged."""
    try:
        data = json.loads(entry_path(folder, identifier).read_text("utf-8"))
        is_whole = data["digest"] == storage.digest_of_data(data["outcome"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return data if is_whole and "key" in data else None
