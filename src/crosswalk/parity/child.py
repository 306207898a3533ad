"""What runs inside the forked process: all settings of one pair."""

import pickle
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from crosswalk import child, process
from crosswalk.capture import captured
from crosswalk.parity import load
from crosswalk.parity.model import Pair, PairOutcome
from crosswalk.parity.signatures import ACCEPTED, probe_types, signature

# In seconds; alone on the machine, neither part takes a tenth of it.
APART = 400.0
Refused = dict[str, dict[str, str]]


def run(task: child.Task) -> PairOutcome:
    """Measure every setting of one pair, in this process.

    The process must be a fresh one: its state is changed for good.
    """
    absent = [f"{name}: {reason}" for name, reason in task.reasons.items() if reason]
    if absent:
        return lost(task, "; ".join(absent))
    environment = child.prepare(task)
    start = time.perf_counter()
    with captured(task.folder / "parity"):
        pair = load.pairs((load.read_file(task.item.path),))[task.item.id]
        found = {}
        if pair.counterpart:
            # Before any operation has run here: after that, a fork would hang.
            found |= _continued(pair, task.folder / "continued")
            found |= _measured(pair)
        signatures = _signatures(pair)
    return PairOutcome(
        id=task.item.id,
        environment=environment,
        seconds=round(time.perf_counter() - start, 3),
        signatures=signatures,
        **{"measurements": (), **found},
    )


def lost(task: child.Task, message: str) -> PairOutcome:
    """Return the outcome of a pair that could not be measured."""
    return PairOutcome(task.item.id, task.environment, 0.0, (), failure=message)


def _continued(pair: Pair, folder: Path) -> dict:
    """Return what becomes of runs that stop and go on, or change on the way."""
    if pair.subject.kind != "optimizer":
        return {}
    # They import both frameworks, which only this process may.
    from crosswalk.parity import change, resume  # noqa: PLC0415
    from crosswalk.parity.trainings import Sides  # noqa: PLC0415

    def begin() -> tuple:
        changes = change.changes(sides)
        return changes, resume.stop(sides, changes, folder)

    folder.mkdir()
    sides = Sides(pair)
    changes, stopped = _apart(begin)
    resumes = _apart(lambda: resume.go_on(sides, stopped))
    return {"changes": changes, "resumes": resumes}


def _apart(function: Callable[[], Any]) -> Any:
    """Return what ``function`` gives in a process forked from this one.

    Both are in one sandbox: what comes is no more trusted than what receives it.
    """
    said = process.run(lambda _: pickle.dumps(function()), seconds=APART)
    return pickle.loads(said)  # noqa: S301 - see above


def _measured(pair: Pair) -> dict:
    # It imports both frameworks, which only this process may.
    from crosswalk.parity.bench import Bench  # noqa: PLC0415

    bench = Bench(pair)
    theirs, ours = bench.matched()
    subject, counterpart = pair.subject, pair.counterpart
    return {
        "measurements": tuple(bench.measurements()),
        "curves": dict(bench.curves()),
        "refused": {
            "torch": _refused(subject.torch, subject.make, theirs),
            "mindspore": _refused(counterpart.mindspore, counterpart.make, ours),
        },
    }


def _refused(
    name: str, make: Callable[..., object] | None, arguments: Mapping[str, object]
) -> Refused:
    """Return the types that arguments refuse; nothing where it cannot be built."""
    if make:
        return {}
    try:
        probed = probe_types(name, arguments)
    except Exception:  # noqa: BLE001 - the measurements tell why it cannot be built
        return {}
    refused = {
        argument: {kind: text for kind, text in found.items() if text != ACCEPTED}
        for argument, found in probed.items()
    }
    return {argument: found for argument, found in refused.items() if found}


def _signatures(pair: Pair) -> dict[str, list[list[str | None]]]:
    names = {"torch": pair.subject.torch}
    if pair.counterpart:
        names["mindspore"] = pair.counterpart.mindspore
    return {
        side: [[a.name, a.default] for a in signature(name)]
        for side, name in names.items()
    }
