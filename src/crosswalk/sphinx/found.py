"""What `discover` read, kept beside the doctrees while an example does not change.

Parsing all examples takes longer than reading them.
"""

import hashlib
import pickle
import sys
from pathlib import Path

from crosswalk import discover
from crosswalk.discover import Found
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
    own = _digest(sorted(Path(discover.__file__).parent.glob("*.py")))

    def read(path: Path) -> Comparison:
        key = f"{sys.version} {own} {_digest(sorted(path.glob('*.py')))}"
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
    new = kept.with_suffix(".new")
    try:
        new.write_bytes(pickle.dumps(now))
        new.replace(kept)
    except OSError:
        # A full disk costs time here; what must be kept says so itself.
        new.unlink(missing_ok=True)


def _digest(paths: list[Path]) -> str:
    """Return a digest of the files' names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"\0{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
