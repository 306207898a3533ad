"""Paths of a project's parts, relative to its root."""

from pathlib import Path

EXAMPLES = Path("examples")
PAIRS = Path("parity")
SNAPSHOTS = Path("versions")
OUTCOMES = Path("_build", "outcomes")
