"""What `discover` found, kept beside the doctrees while no example changes.

Parsing all examples takes longer than reading them.
"""

import hashlib
import pickle
import sys
from pathlib import Path

from crosswalk import discover, model
from crosswalk.discover import Found

KEPT = "comparisons.pickle"


def find(examples: Path, folder: Path) -> Found:
    """Return what `discover` finds in ``examples``, from ``folder`` if it is there.

    Raises NotADirectoryError if there are no examples.
    """
    kept = folder / KEPT
    key = _key(examples)
    try:
        # As trustworthy as Sphinx's own environment, beside which it lies.
        before, found = pickle.loads(kept.read_bytes())  # noqa: S301
    except Exception:  # noqa: BLE001 - garbled data raises anything
        before, found = "", None
    if before != key:
        found = discover.discover(examples)
        new = kept.with_suffix(".new")
        try:
            new.write_bytes(pickle.dumps((key, found)))
            new.replace(kept)
        except OSError:
            # A full disk costs time here; what must be kept says so itself.
            new.unlink(missing_ok=True)
    return found


def _key(examples: Path) -> str:
    """Return a digest of all that `discover` reads, and of what it is."""
    digest = hashlib.sha256(f"{sys.version} {examples}".encode())
    own = [Path(module.__file__) for module in (discover, model)]
    sides = examples.glob("*/*/*.py")
    # Without its files a folder is told by its name.
    for path in [*own, *sorted([*examples.glob("*/*"), *sides])]:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"\0{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
