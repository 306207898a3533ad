"""Run comparisons in a pool of fresh processes, with time limits."""

import contextlib
import importlib.util
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from crosswalk import child
from crosswalk import device as devices
from crosswalk.expect import normalise
from crosswalk.model import (
    FRAMEWORKS,
    CheckOutcome,
    Comparison,
    Failure,
    Framework,
    Outcome,
    SideOutcome,
)
from crosswalk.store import Store

# torch imports its compiler with the first optimizer: half of a cold start.
PRELOAD = ["torch", "torch._dynamo", "mindspore", "crosswalk.child"]
TIME_LIMIT = 120.0
GRACE = 10.0


@dataclass(frozen=True)
class Runner:
    """Where comparisons run, and where their outcomes are kept.

    ``time_limit`` is in seconds, for one comparison.
    """

    store: Store
    device: str = "cpu"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    time_limit: float = TIME_LIMIT

    def settings(self) -> dict[str, str]:
        """Return all but the sources that can change an outcome."""
        environment = devices.environment(self.device)
        return {**environment, "time_limit": str(self.time_limit)}

    def run(
        self, comparisons: Iterable[Comparison], *, fresh: bool = False
    ) -> Iterator[Outcome]:
        """Yield the outcome of each comparison, as soon as it is known.

        Stored outcomes come first; ``fresh`` runs those again too.
        Raises DeviceError if the device is not there for either framework.
        """
        settings = self.settings()
        missing = []
        for comparison in comparisons:
            outcome = None if fresh else self.store.get(comparison, settings)
            if outcome:
                yield outcome
            else:
                missing.append(comparison)
        if missing:
            yield from self._execute(missing, settings)

    def _execute(
        self, comparisons: list[Comparison], settings: dict[str, str]
    ) -> Iterator[Outcome]:
        environment = {k: v for k, v in settings.items() if k != "time_limit"}
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOAD)
        with (
            tempfile.TemporaryDirectory(prefix="crosswalk-") as scratch,
            _pool(self.jobs, context) as pool,
        ):
            reasons = self._probe(pool)
            tasks = {}
            for number, comparison in enumerate(comparisons):
                folder = Path(scratch, str(number))
                folder.mkdir()
                missing = _reasons(comparison, self.device, reasons)
                task = child.Task(
                    comparison, environment, missing, folder, self.store.project
                )
                future = pool.schedule(_run_in_group, [task], timeout=self.time_limit)
                tasks[future] = task
            for future in as_completed(tasks):
                task = tasks[future]
                outcome = self._outcome(future, task)
                _kill_group(task.folder)
                shutil.rmtree(task.folder, ignore_errors=True)
                self.store.put(task.comparison, outcome, settings)
                yield outcome

    def _probe(self, pool: ProcessPool) -> dict[Framework, str]:
        if self.device == "cpu":
            return dict.fromkeys(FRAMEWORKS, "")
        reasons = pool.schedule(devices.probe, [self.device], timeout=120).result()
        devices.require(self.device, reasons)
        return reasons

    def _outcome(self, future: object, task: child.Task) -> Outcome:
        try:
            return future.result()
        except TimeoutError:
            return _lost(task, f"stopped after {self.time_limit:g} s, its time limit")
        except ProcessExpired as error:
            return _lost(task, f"its process ended: {_ending(error.exitcode)}")
        except Exception as error:  # noqa: BLE001 - a child's error costs its own outcome
            return _lost(task, normalise(f"{type(error).__name__}: {error}"))


@contextlib.contextmanager
def _pool(jobs: int, context: BaseContext) -> Iterator[ProcessPool]:
    """Yield a pool that ends at once when its user stops asking."""
    pool = ProcessPool(jobs, max_tasks=1, context=context)
    try:
        yield pool
    finally:
        pool.stop()
        pool.join()


def _run_in_group(task: child.Task) -> Outcome:
    os.setpgid(0, 0)
    (task.folder / "group").write_text(str(os.getpid()))
    return child.run(task)


def _kill_group(folder: Path) -> None:
    """End whatever the comparison started and left running.

    The worker itself is given time to end first: killed while it reports, it
    would keep the pool's lock, and every other worker would wait for it.
    """
    try:
        group = int((folder / "group").read_text())
    except (OSError, ValueError):
        return  # it never began
    deadline = time.monotonic() + GRACE
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.kill(group, 0)
            time.sleep(0.01)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _reasons(
    comparison: Comparison, device: str, reasons: dict[Framework, str]
) -> dict[Framework, str]:
    """Return why each side cannot run here; "" for one that can."""
    absent = [p for p in comparison.packages if importlib.util.find_spec(p) is None]
    if absent:
        return dict.fromkeys(FRAMEWORKS, f"not installed: {', '.join(absent)}")
    if comparison.devices and device not in comparison.devices:
        needed = " or ".join(comparison.devices)
        return dict.fromkeys(FRAMEWORKS, f"needs {needed}, this run is on {device}")
    return reasons


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def _lost(task: child.Task, message: str) -> Outcome:
    """Return the outcome of a child that did not report, with what it printed."""
    comparison = task.comparison
    started = [f for f in FRAMEWORKS if (task.folder / f"{f}.out").exists()]
    last = started[-1] if started else FRAMEWORKS[0]
    in_checks = (task.folder / "checks.out").exists()
    sides = []
    for side in comparison.sides:
        printed = task.folder / f"{side.framework}.out"
        text = printed.read_bytes().decode(errors="replace") if printed.exists() else ""
        is_lost = side.framework == last and not in_checks
        passed = side.framework in started and not is_lost
        failure = None
        if not passed:
            what = message if is_lost else f"not run: the {last} side failed"
            failure = Failure(str(side.path), 1, what)
        status = "passed" if passed else "failed"
        outputs = (normalise(text),) if text else ()
        sides.append(SideOutcome(side.framework, status, 0.0, outputs, failure))
    where = "a check" if in_checks else f"the {last} side"
    checks = tuple(
        CheckOutcome(c.name, "failed", 0.0, reason=f"{where}: {message}")
        for c in comparison.checks
    )
    return Outcome(comparison.id, task.environment, "", tuple(sides), checks)
