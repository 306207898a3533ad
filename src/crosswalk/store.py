"""Outcomes on disk, keyed by all that can change them."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from crosswalk.model import Item, ItemOutcome, Outcome

CODE = (
    "apis",
    "capture",
    "cells",
    "checks_file",
    "child",
    "device",
    "discover",
    "executors",
    "expect",
    "files",
    "guard",
    "introspect",
    "isolation",
    "model",
    "namespaces",
    "process",
    "runner",
    "sources",
)


class StoreError(OSError):
    """Raised where an outcome cannot be kept; the text says where and why."""


class Store:
    """A folder with one JSON file per item, its key inside.

    An item has an ``id`` and ``files``; it is a comparison or a pair.
    Only outcomes in which everything passed are given back: whatever failed
    or was skipped runs again.
    """

    def __init__(
        self,
        folder: Path,
        project: Path,
        read: Callable[[dict[str, Any]], ItemOutcome] = Outcome.from_json,
        code: tuple[str, ...] = CODE,
    ) -> None:
        """Keep outcomes in ``folder``; sources are named relative to ``project``.

        ``read`` makes an outcome of its data, ``code`` are our own modules that
        can change one.
        """
        self.folder = folder
        self.project = project
        self.read = read
        self.code = code

    def get(self, item: Item, settings: dict[str, str]) -> ItemOutcome | None:
        """Return the stored outcome if it passed and nothing has changed since."""
        data = self.read_whole(item.id)
        if not data:
            return None
        try:
            outcome = self.read(data["outcome"])
        except (KeyError, TypeError):
            return None  # of another layout: run it again
        key = self.key(item, outcome.sources, settings)
        is_current = data["key"] == key and outcome.status == "passed"
        return outcome if is_current else None

    def read_whole(self, identifier: str) -> dict[str, Any] | None:
        """Return the data kept of an item; None if missing, cut short or garbled."""
        try:
            data = json.loads(self.path(identifier).read_text("utf-8"))
            is_whole = data["digest"] == _digest(data["outcome"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return data if is_whole and "key" in data else None

    def put(self, item: Item, outcome: ItemOutcome, settings: dict[str, str]) -> None:
        """Store ``outcome`` in one step, so that a reader never sees half of it.

        Raises StoreError if it cannot be written.
        """
        outcome_data = json.loads(json.dumps(outcome.to_json()))
        data = {
            "key": self.key(item, outcome.sources, settings),
            "digest": _digest(outcome_data),
            "outcome": outcome_data,
        }
        path = self.path(item.id)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _replace(path, json.dumps(data, indent=1))
        except OSError as error:
            message = (
                f"cannot keep the outcome of {item.id!r} in {path}: {error.strerror}; "
                "make room there, or name another folder"
            )
            raise StoreError(message) from error

    def key(
        self,
        item: Item,
        sources: tuple[str, ...],
        settings: dict[str, str],
    ) -> str:
        """Return the digest of all that can change an outcome.

        That is: the item's files, what it imported from the project, our own
        code that runs it, and ``settings`` (versions, device, time limit).
        A source that is gone changes the digest, too.
        """
        shared = json.dumps([settings, self._code_digest], sort_keys=True)
        files = {*item.files, *(self.project / name for name in sources)}
        return _files_digest(files, shared)

    @cached_property
    def _code_digest(self) -> str:
        """The digest of our own code, read once for all items."""
        return _files_digest(Path(__file__).parent / f"{n}.py" for n in self.code)

    def path(self, identifier: str) -> Path:
        """Return the file of an item."""
        return self.folder / f"{identifier.replace('/', '.')}.json"


def _replace(path: Path, text: str) -> None:
    """Give the file its new content in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _files_digest(paths: Iterable[Path], shared: str = "") -> str:
    """Return a digest of ``shared`` and of the names and contents of files."""
    digest = hashlib.sha256(shared.encode())
    for path in sorted(paths):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _digest(data: object) -> str:
    """Return a digest of plain data, which tells whether a file was garbled."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
