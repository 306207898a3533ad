"""Time commands that alternate, and describe the machine."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
FAR = 100_000  # comparisons; the size for which the architecture is designed
WORK = ROOT / "_build" / "bench"
IMPORT = [sys.executable, "-c", "import torch, torch._dynamo, mindspore"]


class CommandError(RuntimeError):
    """Raised if a measured command failed; the message contains its output."""


def run(command: list[str | Path], folder: Path) -> None:
    """Run ``command`` in ``folder``; raises CommandError if it fails."""
    done = subprocess.run(  # noqa: S603 - our own commands
        command,
        cwd=folder,
        env={**os.environ, "DEVICE": "cpu"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        told = "\n".join(done.stdout.splitlines()[-20:])
        message = f"in {folder}: {command} ended with {done.returncode}:\n{told}"
        raise CommandError(message)


def seconds(action: Callable[[], None]) -> float:
    """Return the seconds that ``action`` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turn(actions: dict[str, Callable[[], None]], repeats: int) -> dict[str, float]:
    """Return the median seconds of each action.

    The actions alternate, ``repeats`` times, so other load slows all of them equally.
    """
    found: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(repeats):
        for name, action in actions.items():
            found[name].append(seconds(action))
    return {name: statistics.median(times) for name, times in found.items()}


def import_frameworks() -> None:
    """Import the frameworks in a new process, as the runner does once."""
    run(IMPORT, ROOT)


def machine() -> dict[str, str | int]:
    """Return a description of the machine in words and numbers; memory in GiB."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    models = [line.partition(": ")[2] for line in lines if "model name" in line]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count() or 1,
        "cpu": models[0] if models else platform.processor(),
        "memory_gib": round(pages / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
