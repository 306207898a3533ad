"""What `discover` read, kept beside the doctrees while an example does not change.

Parsing all examples takes longer than reading them.
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
    """Return what `discover` finds in ``examples``; parse only what has changed.

    What was parsed is kept in ``folder``.
    Raises NotADirectoryError if there are no examples.
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
        # As trustworthy as Sphinx's own environment, beside which it lies.
        return dict(pickle.loads(kept.read_bytes()))  # noqa: S301
    except Exception:  # noqa: BLE001 - garbled data raises anything
        return {}


def _keep(kept: Path, now: Read) -> None:
    # A full disk costs time here; what must be kept says so itself.
    with contextlib.suppress(OSError):
        storage.write_whole(kept, pickle.dumps(now))
