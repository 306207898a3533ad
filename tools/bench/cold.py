"""Measure cold execution: complete Sphinx builds that must run every example."""

import json
import os
import shutil
import sys
import venv
from functools import partial
from pathlib import Path

from tools.bench import sites, timing

REPEATS = {16: 3, 64: 1}
WRITERS = {"ours": sites.ours, "mystnb": sites.mystnb, "gallery": sites.gallery}


def peers() -> Path:
    """Return the Python of the peers' environment, and create it if it is missing.

    It uses the packages of the project's own environment, so both frameworks and Sphinx
    are the same for all, and not installed twice.
    """
    folder = timing.WORK / "venv"
    python = folder / "bin" / "python"
    wanted = timing.ROOT / "tools" / "bench" / "requirements.txt"
    made = folder / "made-from.txt"
    if not made.exists() or made.read_text("utf-8") != wanted.read_text("utf-8"):
        venv.create(folder, clear=True, with_pip=True)
        own = next(path for path in sys.path if path.endswith("site-packages"))
        theirs = next(folder.glob("lib/python*/site-packages"))
        # Before pip runs; otherwise, it would install Sphinx a second time.
        (theirs / "project.pth").write_text(f"{own}\n", "utf-8")
        timing.run([python, "-m", "pip", "install", "-q", "-r", wanted], folder)
        made.write_text(wanted.read_text("utf-8"), "utf-8")
    return python


def measure(count: int) -> dict[str, float]:
    """Return the peers' time relative to ours, for ``count`` comparisons.

    With 64, also returns our time relative to one import of the frameworks plus the
    examples' own time, divided among all cores.
    """
    comparisons = sites.chosen(count)
    actions = {}
    for name, write in WRITERS.items():
        folder = timing.WORK / f"cold-{count}" / name
        shutil.rmtree(folder, ignore_errors=True)
        write(folder, comparisons)
        python = sys.executable if name == "ours" else peers()
        actions[name] = partial(_build, folder, python)
    actions["import"] = timing.import_frameworks
    times = timing.in_turn(actions, REPEATS[count])
    found = {
        f"cold_{count}_{peer}": times[peer] / times["ours"]
        for peer in ("mystnb", "gallery")
    }
    if count == max(REPEATS):
        store = timing.WORK / f"cold-{count}" / "ours" / "_build" / "outcomes"
        limit = times["import"] + _own_seconds(store) / (os.cpu_count() or 1)
        found["over_limit"] = times["ours"] / limit
    return found


def _build(folder: Path, python: str | Path) -> None:
    """Build the site in ``folder`` from scratch."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    shutil.rmtree(folder / "docs" / "gallery", ignore_errors=True)
    command = ["-m", "sphinx", "-q", "-j", "auto", "-c", ".", "docs", "_build/html"]
    timing.run([python, *command], folder)


def _own_seconds(store: Path) -> float:
    """Return the total seconds of sides and checks."""
    outcomes = [
        json.loads(p.read_text("utf-8"))["outcome"] for p in store.glob("*.json")
    ]
    parts = [part for o in outcomes for part in (*o["sides"], *o["checks"])]
    return sum(part["seconds"] for part in parts)
