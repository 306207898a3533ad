"""Where a project has its parts, below its root."""

from pathlib import Path

EXAMPLES = Path("examples")
PAIRS = Path("parity")
SNAPSHOTS = Path("versions")
OUTCOMES = Path("_build", "outcomes")
