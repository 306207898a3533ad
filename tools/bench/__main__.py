"""The command line: measure everything or a part of it, and store the results."""

import argparse
import csv
import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tools.bench import cold, growth, timing, unchanged
from tools.bench.page import AT_LEAST, AT_MOST, KEPT

OWN = ("Sphinx", "torch", "mindspore")
RESULTS = timing.WORK / "results.json"
TABLE = timing.WORK / "results.csv"
GROUPS: dict[str, Callable[[], dict[str, float]]] = {
    "cold_16": partial(cold.measure, 16),
    "cold_64": partial(cold.measure, 64),
    "site": unchanged.measure,
    "growth_1000": partial(growth.measure, 1000),
    "growth_10000": partial(growth.measure, 10000),
}


def main() -> None:
    """Measure, print each number as it is known, and write ``_build/bench``."""
    parser = argparse.ArgumentParser(prog="bench", description=main.__doc__)
    parser.add_argument(
        "--keep", action="store_true", help=f"copy what came to {KEPT}, for the site"
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    options = parser.parse_args()
    chosen = options.groups or list(GROUPS)
    unknown = [name for name in chosen if name not in GROUPS]
    if unknown:
        parser.error(f"unknown: {unknown}; there are: {', '.join(GROUPS)}")
    timing.WORK.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        found = GROUPS[name]()
        keep(RESULTS, found)
        for figure, ratio in found.items():
            print(f"{figure} {ratio:.2f}", flush=True)
    write_table(RESULTS, TABLE)
    if options.keep:
        shutil.copyfile(RESULTS, timing.ROOT / KEPT)


def keep(path: Path, found: dict[str, float]) -> None:
    """Add numbers to those in ``path`` from the same machine.

    Drops numbers of a different machine or different versions.
    """
    about = {"machine": timing.machine(), "versions": versions()}
    data = json.loads(path.read_text("utf-8")) if path.exists() else {}
    same = {key: data.get(key) for key in about} == about
    before = data.get("ratios", {}) if same else {}
    ratios = {**before, **{name: round(ratio, 3) for name, ratio in found.items()}}
    text = json.dumps({**about, "ratios": dict(sorted(ratios.items()))}, indent=1)
    path.write_text(f"{text}\n", "utf-8")


def write_table(results: Path, table: Path) -> None:
    """Write the numbers of ``results`` as CSV, each with its goal."""
    ratios = json.loads(results.read_text("utf-8"))["ratios"]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["figure", "measured", "at least", "at most"])
        writer.writerows(
            [name, ratio, AT_LEAST.get(name), AT_MOST.get(name)]
            for name, ratio in ratios.items()
        )


def versions() -> dict[str, str]:
    """Return the versions of the compared programs, by name."""
    lines = (timing.ROOT / "tools" / "bench" / "requirements.txt").read_text("utf-8")
    pinned = dict(re.findall(r"^(\S+)==(\S+)", lines, re.MULTILINE))
    return {**{name: version(name) for name in OWN}, **pinned}


if __name__ == "__main__":
    main()
