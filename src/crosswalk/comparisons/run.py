"""Run comparisons with the project's engine."""

from pathlib import Path

from crosswalk.comparisons import execute
from crosswalk.engine import sandbox
from crosswalk.engine.cache import Cache
from crosswalk.engine.runner import Runner
from crosswalk.engine.task import Procedure, Task
from crosswalk.expect import normalise
from crosswalk.model import (
    FRAMEWORKS,
    CheckOutcome,
    Failure,
    Outcome,
    SideOutcome,
)


def lost(task: Task, message: str) -> Outcome:
    """Return the outcome of a child process that did not report, with its output."""
    comparison = task.item
    started = [f for f in FRAMEWORKS if (task.folder / f"{f}.out").exists()]
    last = started[-1] if started else FRAMEWORKS[0]
    in_checks = (task.folder / "checks.out").exists()
    sides = []
    for side in comparison.sides:
        path = task.folder / f"{side.framework}.out"
        data, _ = sandbox.printed(path, task.limits)
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


PROCEDURE = Procedure(
    execute.run, lost, Outcome.from_json, (".", "engine", "comparisons")
)


def comparison_cache(folder: Path, project: Path) -> Cache:
    """Return the cache of comparisons in ``folder``."""
    return Cache(folder, project, PROCEDURE)


def comparison_runner(folder: Path, project: Path, **settings: object) -> Runner:
    """Return a runner of comparisons that stores outcomes in ``folder``.

    ``settings`` are the remaining arguments of `Runner`.
    """
    return Runner(comparison_cache(folder, project), **settings)
