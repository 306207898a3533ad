"""Run comparisons, or pairs, in a pool of fresh processes, with time limits."""

import gc
import importlib.util
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import forkserver
from pathlib import Path

from crosswalk import apart, child, isolation
from crosswalk import device as devices
from crosswalk.expect import normalise
from crosswalk.isolation import Limits
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


def lost_comparison(task: child.Task, message: str) -> Outcome:
    """Return the outcome of a child that did not report, with what it printed."""
    comparison = task.item
    started = [f for f in FRAMEWORKS if (task.folder / f"{f}.out").exists()]
    last = started[-1] if started else FRAMEWORKS[0]
    in_checks = (task.folder / "checks.out").exists()
    sides = []
    for side in comparison.sides:
        path = task.folder / f"{side.framework}.out"
        data, _ = isolation.printed(path, task.limits) if path.exists() else (b"", "")
        text = data.decode(errors="replace")
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

    ``limits`` are those of one comparison.
    ``run_one`` runs in a process of its own and returns an outcome; ``lost`` makes
    one of a message for a process that did not report.
    """

    store: Store
    device: str = "cpu"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    limits: Limits = field(default_factory=Limits)
    run_one: Callable[[child.Task], ItemOutcome] = child.run
    lost: Callable[[child.Task, str], ItemOutcome] = lost_comparison

    def settings(self) -> dict[str, str]:
        """Return all but the sources that can change an outcome."""
        return {**devices.environment(self.device), **self.limits.to_settings()}

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
        environment = devices.environment(self.device)
        with (
            tempfile.TemporaryDirectory(prefix="crosswalk-") as scratch,
            _pool(self.jobs) as pool,
        ):
            reasons = self._probe(pool, Path(scratch))
            tasks = {}
            for number, item in enumerate(items):
                folder = Path(scratch, str(number))
                folder.mkdir()
                missing = _reasons(item, self.device, reasons)
                project = self.store.project
                task = child.Task(
                    item, environment, missing, folder, project, self.limits
                )
                future = pool.submit(supervise, self.run_one, self.lost, task)
                tasks[future] = task
            for future in as_completed(tasks):
                task = tasks.pop(future)
                outcome = future.result()
                shutil.rmtree(task.folder, ignore_errors=True)
                self.store.put(task.item, outcome, settings)
                yield outcome

    def _probe(self, pool: Executor, scratch: Path) -> dict[Framework, str]:
        if self.device == "cpu":
            return dict.fromkeys(FRAMEWORKS, "")
        probe = partial(devices.probe, self.device)
        limit = self.limits.seconds
        future = pool.submit(apart.run, probe, to=scratch / "probe", seconds=limit)
        reasons = future.result()
        devices.require(self.device, reasons)
        return reasons


def supervise(
    run_one: Callable[[child.Task], ItemOutcome],
    lost: Callable[[child.Task, str], ItemOutcome],
    task: child.Task,
) -> ItemOutcome:
    """Run ``task`` in a process forked from this one, and end all it left running."""
    to, seconds = task.folder / "outcome", task.limits.seconds
    try:
        return apart.run(partial(run_one, task), to=to, seconds=seconds)
    except apart.LostError as error:
        return lost(task, normalise(str(error)))
    finally:
        apart.end_all()


@contextmanager
def _pool(jobs: int) -> Iterator[Executor]:
    """Yield processes that have imported the frameworks and run nothing.

    Each forks the processes in which comparisons run.
    All end at once when their user stops asking.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    with isolation.clean_environment():
        forkserver.ensure_running()
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin)
    try:
        yield pool
    finally:
        running = list((pool._processes or {}).values())  # noqa: SLF001 - no other way
        pool.shutdown(wait=False, cancel_futures=True)
        for process in running:
            process.terminate()
            process.join()


def _begin() -> None:
    """Get a process ready that forks others."""
    apart.end_with_parent()
    apart.adopt()
    # What was imported stays for good: scanning it again would take time.
    gc.freeze()


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
