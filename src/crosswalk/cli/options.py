"""Options that several commands share."""

import argparse
from pathlib import Path

from crosswalk.engine import executors, shards
from crosswalk.project import OUTCOMES


def add_run_options(parser: argparse.ArgumentParser, fresh: str) -> None:
    """Add options for where to run and store; ``fresh`` is the help of --fresh."""
    add = parser.add_argument
    add("--store", type=Path, help=f"folder of outcomes ({OUTCOMES})")
    add("--device", help="cpu, gpu or ascend ($DEVICE, else cpu)")
    add("--executor", default="local", help=executors.HELP)
    add("--shard", metavar="I/N", help=shards.HELP)
    add("--fresh", action="store_true", help=fresh)
