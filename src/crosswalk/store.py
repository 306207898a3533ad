"""Outcomes on disk, keyed by all that can change them."""

import hashlib
import json
import os
import tempfile
from pathlib import Path

from crosswalk.model import Comparison, Outcome


class Store:
    """A folder with one JSON file per comparison, its key inside.

    Only outcomes in which everything passed are given back: whatever failed
    or was skipped runs again.
    """

    def __init__(self, folder: Path, project: Path) -> None:
        """Keep outcomes in ``folder``; sources are named relative to ``project``."""
        self.folder = folder
        self.project = project

    def get(self, comparison: Comparison, settings: dict[str, str]) -> Outcome | None:
        """Return the stored outcome if it passed and nothing has changed since."""
        try:
            data = json.loads(self._path(comparison.id).read_text("utf-8"))
            outcome = Outcome.from_json(data["outcome"])
            key = self.key(comparison, outcome.sources, settings)
        except (OSError, ValueError, KeyError, TypeError):
            return None  # missing, cut short, or of another layout: run it again
        is_current = data["key"] == key and outcome.status == "passed"
        return outcome if is_current else None

    def put(
        self, comparison: Comparison, outcome: Outcome, settings: dict[str, str]
    ) -> None:
        """Store ``outcome`` in one step, so that a reader never sees half of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        key = self.key(comparison, outcome.sources, settings)
        text = json.dumps({"key": key, "outcome": outcome.to_json()}, indent=1)
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(self._path(comparison.id))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def key(
        self,
        comparison: Comparison,
        sources: tuple[str, ...],
        settings: dict[str, str],
    ) -> str:
        """Return the digest of all that can change an outcome.

        That is: the comparison's folder, what it imported from the project,
        the runner, and ``settings`` (versions, device, time limit).
        A source that is gone changes the digest, too.
        """
        digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
        folder = [
            p for p in comparison.folder.rglob("*") if "__pycache__" not in p.parts
        ]
        runner = [Path(__file__).parent / f"{name}.py" for name in RUNNER]
        files = {*folder, *runner, *(self.project / name for name in sources)}
        for path in sorted(files):
            if path.is_file():
                digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def _path(self, identifier: str) -> Path:
        return self.folder / f"{identifier.replace('/', '.')}.json"


RUNNER = ("child", "device", "discover", "expect", "model", "runner")
