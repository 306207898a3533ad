"""Measure pairs with the project's runner: run every probe on its cases."""

import pickle
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from crosswalk.engine import process
from crosswalk.engine.cache import Cache
from crosswalk.engine.capture import captured
from crosswalk.engine.runner import Runner
from crosswalk.engine.sandbox import Limits
from crosswalk.engine.task import Procedure, Task, prepare
from crosswalk.parity import load
from crosswalk.parity.measurement import Measurement, PairOutcome
from crosswalk.parity.model import Pair, PairItem

# A pair has dozens of cases, each of them compiled twice.
LIMITS = Limits(seconds=600)
# In seconds, for one half of a probe; alone on the machine, none takes a tenth of it.
PROBE_LIMIT = 400.0


def runner(store: Path, project: Path, device: str, **settings: object) -> Runner:
    """Return a runner of pairs, with its own folder below ``store``."""
    cache = Cache(store / "parity", project, PROCEDURE)
    return Runner(cache, device, limits=LIMITS, **settings)


def items(pairs: Iterable[Pair]) -> list[PairItem]:
    """Return ``pairs`` in the form that the runner accepts."""
    return [PairItem(pair.id, pair.subject.path) for pair in pairs]


def run(task: Task) -> PairOutcome:
    """Measure one pair; its operations run in processes forked from this one.

    Start a fresh process for it, because its state changes permanently.
    """
    absent = [f"{name}: {reason}" for name, reason in task.reasons.items() if reason]
    if absent:
        return lost(task, "; ".join(absent))
    environment = prepare(task)
    start = time.perf_counter()
    with captured(task.folder / "parity"):
        pair = load.pairs((load.read_file(task.item.path),))[task.item.id]
        # They import both frameworks, which only this process may.
        from crosswalk.parity.probes import Context  # noqa: PLC0415
        from crosswalk.parity.probes.all import PROBES  # noqa: PLC0415

        context = Context(pair, task.folder / "saved")
        for kind in PROBES:
            context.measurements += _measured(kind(context), pair)
    return PairOutcome(
        id=task.item.id,
        environment=environment,
        seconds=round(time.perf_counter() - start, 3),
        measurements=context.measurements,
    )


def lost(task: Task, message: str) -> PairOutcome:
    """Return the outcome of a pair that could not be measured."""
    return PairOutcome(task.item.id, task.environment, 0.0, (), failure=message)


def _measured(probe: Any, pair: Pair) -> tuple[Measurement, ...]:
    """Return the measurements of ``probe``; none if it does not apply."""
    cases = probe.cases(pair)
    if not cases:
        return ()
    observations = isolated(lambda: probe.observe(cases))
    return tuple(isolated(lambda: probe.compare(cases, observations)))


def isolated(function: Callable[[], Any]) -> Any:
    """Return the result of ``function``, which runs in a process forked from this one.

    Both processes run in one sandbox, so the result is as trustworthy as its receiver.
    This process must not have run any operation, because the fork would hang.
    """
    said = process.run(lambda _: pickle.dumps(function()), seconds=PROBE_LIMIT)
    return pickle.loads(said)  # noqa: S301 - see above


PROCEDURE = Procedure(run, lost, PairOutcome.from_json, (".", "engine", "parity"))
