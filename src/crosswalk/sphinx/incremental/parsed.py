"""Store the examples that `discover` parsed next to the doctrees, for the next build.

Parsing all examples takes longer than loading them.
"""

import contextlib
import pickle
import sys
from pathlib import Path

from crosswalk.comparisons import discover
from crosswalk.comparisons.discover import Found
from crosswalk.engine import storage
from crosswalk.model import Comparison

KEPT = "comparisons.pickle"
Read = dict[Path, tuple[str, Comparison]]


def find(examples: Path, folder: Path) -> Found:
    """Return the comparisons in ``examples``; parse only changed files.

    Stores the result in ``folder``.
    Raises NotADirectoryError if ``examples`` does not exist.
    """
    kept = folder / KEPT
    before, now = _load(kept), {}
    own = storage.digest_of_code((".", "comparisons"))

    def read(path: Path) -> Comparison:
        files = [*path.glob("*.py"), *path.parent.glob("*.py")]
        key = f"{sys.version} {own} {storage.digest_of_files(files, path.parent)}"
        known, comparison = before.get(path, ("", None))
        if known != key:
            comparison = discover.read_comparison(path)
        now[path] = key, comparison
        return comparison

    found = discover.discover(examples, read)
    if now != before:
        _keep(kept, now)
    return found


def _load(kept: Path) -> Read:
    try:
        # As trustworthy as Sphinx's own environment, which is in the same folder.
        return dict(pickle.loads(kept.read_bytes()))  # noqa: S301
    except Exception:  # noqa: BLE001 - garbled data raises anything
        return {}


def _keep(kept: Path, now: Read) -> None:
    # A full disk only costs time here; writers of essential data report it.
    with contextlib.suppress(OSError):
        storage.write_whole(kept, pickle.dumps(now))
