"""Run comparisons, or pairs, in fresh processes, and keep what came."""

import functools
import importlib.util
import os
import platform
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from crosswalk import apart, child, executors, isolation
from crosswalk import device as devices
from crosswalk.executors import ExecutorError
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
class Ran:
    """An outcome, the key of all that it came of, and the host on which it ran."""

    outcome: ItemOutcome
    key: str
    host: str


@dataclass(frozen=True)
class Runner:
    """Where comparisons run, and where their outcomes are kept.

    ``executor`` gives, for a number of jobs, what runs that many at a time.
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
    executor: Callable[[int], AbstractContextManager[Executor]] = executors.local

    def settings(self) -> dict[str, str]:
        """Return all but the sources that can change an outcome."""
        return {**devices.environment(self.device), **self.limits.to_settings()}

    def run(
        self, items: Iterable[Item], *, fresh: bool = False
    ) -> Iterator[ItemOutcome]:
        """Yield the outcome of each item, as soon as it is known.

        Stored outcomes come first; ``fresh`` runs those again too.
        Raises DeviceError if the device is not there for either framework, and
        ExecutorError if the executor cannot run them, ran other sources, or lost a
        process.
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
        with self.executor(self.jobs) as executor:
            tasks = {}
            for item in items:
                task = child.Task(item, environment, self.store.project, self.limits)
                key = partial(self.store.key, item, settings=settings)
                run = partial(supervise, self.run_one, self.lost, task, key)
                tasks[executor.submit(run)] = task
            for future in as_completed(tasks):
                task = tasks.pop(future)
                outcome = self._outcome(task, future, settings)
                self.store.put(task.item, outcome, settings)
                yield outcome

    def _outcome(
        self, task: child.Task, future: Future[Ran], settings: dict[str, str]
    ) -> ItemOutcome:
        """Return what ``task`` gave; raises ExecutorError if it is of other sources."""
        try:
            ran = future.result()
        except BrokenProcessPool as error:
            message = (
                "a process that supervises comparisons was killed: the machine ran "
                "out of memory, or an example did it; --jobs 1 --fresh shows which"
            )
            raise ExecutorError(message) from error
        except apart.LostError as error:
            message = f"{error}; what it had done by then is lost"
            with tempfile.TemporaryDirectory() as empty:
                return self.lost(replace(task, folder=Path(empty)), message)
        if ran.key != self.store.key(task.item, ran.outcome.sources, settings):
            message = (
                f"{task.item.id} ran on {ran.host} from other sources than those in "
                f"{task.project} here: make them the same and run it again"
            )
            raise ExecutorError(message)
        return ran.outcome


def supervise(
    run_one: Callable[[child.Task], ItemOutcome],
    lost: Callable[[child.Task, str], ItemOutcome],
    task: child.Task,
    key: Callable[[tuple[str, ...]], str],
) -> Ran:
    """Run ``task`` in a process forked from this one, and end all it left running.

    ``key`` gives the key of all that the outcome came of, for the sources that it
    imported.
    Raises DeviceError if the device is not there for either framework.
    """
    reasons = _reasons(task.item, task.environment["device"], task.limits.seconds)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        task = replace(task, folder=folder, reasons=reasons)
        to, seconds = folder / "outcome", task.limits.seconds
        try:
            outcome = apart.run(partial(run_one, task), to=to, seconds=seconds)
        except apart.LostError as error:
            outcome = lost(task, normalise(str(error)))
        finally:
            apart.end_all()
    return Ran(outcome, key(outcome.sources), platform.node())


def _reasons(item: Item, device: str, seconds: float) -> dict[Framework, str]:
    """Return why each side cannot run here; "" for one that can."""
    found = _probe(device, seconds)
    absent = [p for p in item.packages if importlib.util.find_spec(p) is None]
    if absent:
        return dict.fromkeys(FRAMEWORKS, f"not installed: {', '.join(absent)}")
    if item.devices and device not in item.devices:
        needed = " or ".join(item.devices)
        return dict.fromkeys(FRAMEWORKS, f"needs {needed}, this run is on {device}")
    return found


@functools.cache
def _probe(device: str, seconds: float) -> dict[Framework, str]:
    """Return why each framework cannot use ``device`` here; "" for one that can.

    Raises DeviceError if neither can.
    """
    if device == "cpu":
        return dict.fromkeys(FRAMEWORKS, "")
    with tempfile.TemporaryDirectory() as folder:
        probe = partial(devices.probe, device)
        reasons = apart.run(probe, to=Path(folder, "probe"), seconds=seconds)
    devices.require(device, reasons)
    return reasons
