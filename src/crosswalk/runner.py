"""Run comparisons, or pairs, in fresh processes, and keep what came."""

import functools
import importlib.util
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from crosswalk import child, executors, files, guard, isolation, process
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
        data, _ = isolation.printed(path, task.limits)
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
                how = Procedure(self.run_one, self.lost, self.store.read)
                run = partial(supervise, how, task, key)
                tasks[executor.submit(run)] = task
            for future in as_completed(tasks):
                task = tasks.pop(future)
                outcome = self._outcome(task, future, settings)
                self.store.put(task.item, outcome, settings)
                yield outcome

    def _outcome(
        self, task: child.Task, future: Future[bytes], settings: dict[str, str]
    ) -> ItemOutcome:
        """Return what ``task`` gave; raises ExecutorError if it is of other sources."""
        try:
            said = json.loads(future.result())
        except process.LostError as error:
            message = f"{error}; what it had done by then is lost"
            with tempfile.TemporaryDirectory() as empty:
                return self.lost(replace(task, folder=Path(empty)), message)
        outcome = self.store.read(said["outcome"])
        if said["key"] != self.store.key(task.item, outcome.sources, settings):
            message = (
                f"{task.item.id} ran on {said['host']} from other sources than those "
                f"in {task.project} here: make them the same and run it again"
            )
            raise ExecutorError(message)
        return outcome


@dataclass(frozen=True)
class Procedure:
    """The functions that run an item, replace a lost outcome, and read a report."""

    run_one: Callable[[child.Task], ItemOutcome]
    lost: Callable[[child.Task, str], ItemOutcome]
    read: Callable[[object], ItemOutcome]


def supervise(
    how: Procedure, task: child.Task, key: Callable[[tuple[str, ...]], str]
) -> bytes:
    """Run ``task`` in a process forked from this one, and end all it left running.

    ``key`` gives the key of all that the outcome came of, for the sources that it
    imported.
    Returns JSON with the outcome, its key and the host on which it ran.
    Raises DeviceError if the device is not there for either framework.
    """
    reasons = _reasons(task.item, task.environment["device"], task.limits.seconds)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        task = replace(task, folder=Path(name), reasons=reasons)
        try:
            said = process.run(
                partial(_observe, how.run_one, task),
                seconds=task.limits.seconds,
                shared=task.limits.memory,
                seen=(name, *files.needed(task.item.reads, task.project)),
            )
            outcome = _believed(said, task, how)
        except process.LostError as error:
            outcome = how.lost(task, normalise(str(error)))
        finally:
            process.end_all()
    told = {
        "outcome": outcome.to_json(),
        "key": key(outcome.sources),
        "host": platform.node(),
    }
    return json.dumps(told).encode()


def _observe(
    run_one: Callable[[child.Task], ItemOutcome],
    task: child.Task,
    kept: tuple[str, ...],
) -> bytes:
    """Return the outcome of ``task`` as JSON; an example's code runs in here.

    Raises LostError if a report cannot be made with what the example left.
    """
    replaced = guard.baseline().replaced
    outcome = run_one(replace(task, kept=kept))
    wrong = replaced()
    if wrong:
        raise process.LostError(wrong)
    return json.dumps(outcome.to_json()).encode()


def _believed(said: bytes, task: child.Task, how: Procedure) -> ItemOutcome:
    """Return the outcome in ``said``, which an example may have written.

    Raises LostError unless it is one of this item, from sources of this project.
    """
    try:
        outcome = how.read(json.loads(said))
    except (ValueError, TypeError, RecursionError) as error:
        message = f"its process reported what is no outcome: {error}"
        raise process.LostError(message) from error
    inside = all(
        task.project in (task.project / name).resolve().parents
        for name in outcome.sources
    )
    if not inside or not outcome.tells_of(task.item):
        message = "its process reported the outcome of something else"
        raise process.LostError(message)
    return outcome


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
    said = process.run(
        lambda _: json.dumps(devices.probe(device)).encode(), seconds=seconds
    )
    reasons = json.loads(said)
    devices.require(device, reasons)
    return reasons
