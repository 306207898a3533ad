"""Run comparisons, or pairs, in a pool of fresh processes, with time limits."""

import contextlib
import importlib.util
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
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
    Failure,
    Framework,
    Item,
    ItemOutcome,
    Outcome,
    SideOutcome,
)
from crosswalk.store import Store

# torch imports its compiler with the first optimizer: half of a cold start.
PRELOAD = ["torch", "torch._dynamo", "mindspore", "crosswalk.child"]
TIME_LIMIT = 120.0
GRACE = 10.0


def lost_comparison(task: child.Task, message: str) -> Outcome:
    """Return the outcome of a child that did not report, with what it printed."""
    comparison = task.item
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


@dataclass(frozen=True)
class Runner:
    """Where comparisons run, and where their outcomes are kept.

    ``time_limit`` is in seconds, for one comparison.
    ``run_one`` runs in the child and returns an outcome; ``lost`` makes one of
    a message for a child that did not report.
    """

    store: Store
    device: str = "cpu"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    time_limit: float = TIME_LIMIT
    run_one: Callable[[child.Task], ItemOutcome] = child.run
    lost: Callable[[child.Task, str], ItemOutcome] = lost_comparison

    def settings(self) -> dict[str, str]:
        """Return all but the sources that can change an outcome."""
        environment = devices.environment(self.device)
        return {**environment, "time_limit": str(self.time_limit)}

    def run(
        self, items: Iterable[Item], *, fresh: bool = False
    ) -> Iterator[ItemOutcome]:
        """Yield the outcome of each item, as soon as it is known.

        Stored outcomes come first; ``fresh`` runs those again too.
        Raises DeviceError if the device is not there for either framework.
        """
        settings = self.settings()
        missing = []
        for item in items:
            outcome = None if fresh else self.store.get(item, settings)
            if outcome:
                yield outcome
            else:
                missing.append(item)
        if missing:
            yield from self._execute(missing, settings)

    def _execute(
        self, items: list[Item], settings: dict[str, str]
    ) -> Iterator[ItemOutcome]:
        environment = {k: v for k, v in settings.items() if k != "time_limit"}
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOAD)
        with (
            tempfile.TemporaryDirectory(prefix="crosswalk-") as scratch,
            _pool(self.jobs, context) as pool,
        ):
            reasons = self._probe(pool)
            tasks = {}
            for number, item in enumerate(items):
                folder = Path(scratch, str(number))
                folder.mkdir()
                missing = _reasons(item, self.device, reasons)
                task = child.Task(
                    item, environment, missing, folder, self.store.project
                )
                arguments = [self.run_one, task]
                future = pool.schedule(
                    _run_in_group, arguments, timeout=self.time_limit
                )
                tasks[future] = task
            for future in as_completed(tasks):
                task = tasks[future]
                outcome = self._outcome(future, task)
                _kill_group(task.folder)
                shutil.rmtree(task.folder, ignore_errors=True)
                self.store.put(task.item, outcome, settings)
                yield outcome

    def _probe(self, pool: ProcessPool) -> dict[Framework, str]:
        if self.device == "cpu":
            return dict.fromkeys(FRAMEWORKS, "")
        reasons = pool.schedule(devices.probe, [self.device], timeout=120).result()
        devices.require(self.device, reasons)
        return reasons

    def _outcome(self, future: object, task: child.Task) -> ItemOutcome:
        try:
            return future.result()
        except TimeoutError:
            return self.lost(
                task, f"stopped after {self.time_limit:g} s, its time limit"
            )
        except ProcessExpired as error:
            return self.lost(task, f"its process ended: {_ending(error.exitcode)}")
        except Exception as error:  # noqa: BLE001 - a child's error costs its own outcome
            return self.lost(task, normalise(f"{type(error).__name__}: {error}"))


@contextlib.contextmanager
def _pool(jobs: int, context: BaseContext) -> Iterator[ProcessPool]:
    """Yield a pool that ends at once when its user stops asking."""
    pool = ProcessPool(jobs, max_tasks=1, context=context)
    try:
        yield pool
    finally:
        pool.stop()
        pool.join()


def _run_in_group(
    run_one: Callable[[child.Task], ItemOutcome], task: child.Task
) -> ItemOutcome:
    os.setpgid(0, 0)
    (task.folder / "group").write_text(str(os.getpid()))
    return run_one(task)


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
    item: Item, device: str, reasons: dict[Framework, str]
) -> dict[Framework, str]:
    """Return why each side cannot run here; "" for one that can."""
    absent = [p for p in item.packages if importlib.util.find_spec(p) is None]
    if absent:
        return dict.fromkeys(FRAMEWORKS, f"not installed: {', '.join(absent)}")
    if item.devices and device not in item.devices:
        needed = " or ".join(item.devices)
        return dict.fromkeys(FRAMEWORKS, f"needs {needed}, this run is on {device}")
    return reasons


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"
