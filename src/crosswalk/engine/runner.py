"""Run comparisons or pairs in fresh processes, and store their outcomes."""

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

from crosswalk.engine import device as devices
from crosswalk.engine import file_access, guard, pool, process
from crosswalk.engine.cache import Cache
from crosswalk.engine.pool import ExecutorError
from crosswalk.engine.sandbox import Limits
from crosswalk.engine.task import Procedure, Task
from crosswalk.expect import normalise
from crosswalk.model import (
    FRAMEWORKS,
    Framework,
    Item,
    ItemOutcome,
)


@dataclass(frozen=True)
class Runner:
    """A runner of comparisons or pairs, with its device, limits and cache.

    ``executor`` returns, for a number of jobs, an executor that runs as many at a time.
    ``limits`` apply to each item.
    """

    cache: Cache
    device: str = "cpu"
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    limits: Limits = field(default_factory=Limits)
    executor: Callable[[int], AbstractContextManager[Executor]] = pool.local

    def settings(self) -> dict[str, str]:
        """Return everything, except the sources, that can change an outcome."""
        return {**devices.environment(self.device), **self.limits.to_settings()}

    def run(
        self, items: Iterable[Item], *, fresh: bool = False
    ) -> Iterator[ItemOutcome]:
        """Yield the outcome of each item, as soon as it is known.

        Yields stored outcomes first; ``fresh`` runs their items again. Raises
        DeviceError if neither framework can use the device, and ExecutorError if the
        executor cannot run an item, ran different sources, or lost a process.
        """
        settings = self.settings()
        missing = []
        for item in items:
            outcome = None if fresh else self.cache.get(item, settings)
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
                task = Task(item, environment, self.cache.project, self.limits)
                key = partial(self.cache.key, item, settings=settings)
                run = partial(supervise, self.cache.procedure, task, key)
                tasks[executor.submit(run)] = task
            for future in as_completed(tasks):
                task = tasks.pop(future)
                outcome = self._outcome(task, future, settings)
                self.cache.put(task.item, outcome, settings)
                yield outcome

    def _outcome(
        self, task: Task, future: Future[bytes], settings: dict[str, str]
    ) -> ItemOutcome:
        """Return the outcome of ``task``; different sources raise ExecutorError."""
        try:
            said = json.loads(future.result())
        except process.LostError as error:
            message = f"{error}; what it had done by then is lost"
            with tempfile.TemporaryDirectory() as empty:
                task = replace(task, folder=Path(empty))
                return self.cache.procedure.lost(task, message)
        outcome = self.cache.procedure.read(said["outcome"])
        if said["key"] != self.cache.key(task.item, outcome.sources, settings):
            message = (
                f"{task.item.id} ran on {said['host']} from other sources than those "
                f"in {task.project} here: make them the same and run it again"
            )
            raise ExecutorError(message)
        return outcome


def supervise(
    how: Procedure, task: Task, key: Callable[[tuple[str, ...]], str]
) -> bytes:
    """Run ``task`` in a process forked from this one, and end all processes it left.

    ``key`` returns the key of the outcome, for the sources that it imported.
    Returns JSON with the outcome, its key and the host on which it ran.
    Raises DeviceError if neither framework can use the device.
    """
    reasons = _reasons(task.item, task.environment["device"], task.limits.seconds)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        task = replace(task, folder=Path(name), reasons=reasons)
        try:
            said = process.run(
                partial(_observe, how.run, task),
                seconds=task.limits.seconds,
                shared=task.limits.memory,
                seen=(name, *file_access.needed(task.item.reads, task.project)),
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
    run: Callable[[Task], ItemOutcome],
    task: Task,
    kept: tuple[str, ...],
) -> bytes:
    """Return the outcome of ``task`` as JSON; an example's code runs in this function.

    Raises LostError if the example replaced the code that makes the report.
    """
    replaced = guard.baseline().replaced
    outcome = run(replace(task, kept=kept))
    wrong = replaced()
    if wrong:
        raise process.LostError(wrong)
    return json.dumps(outcome.to_json()).encode()


def _believed(said: bytes, task: Task, how: Procedure) -> ItemOutcome:
    """Return the outcome in ``said``, which an example may have forged.

    Raises LostError unless it belongs to this item, with sources from this project.
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
    """Return why each side cannot run here; "" if it can."""
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
    """Return why each framework cannot use ``device`` here; "" if it can.

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
