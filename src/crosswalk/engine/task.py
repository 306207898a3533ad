"""Describe a task for a process, and prepare the process for it."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from crosswalk.engine import device as devices
from crosswalk.engine import file_access, process, sandbox
from crosswalk.engine.capture import captured
from crosswalk.engine.sandbox import Limits
from crosswalk.model import Framework, Item, ItemOutcome


@dataclass(frozen=True)
class Task:
    """One item to run, with its environment and limits.

    The runner sets ``folder``, an empty folder of the task, ``reasons``, why a
    framework cannot run the item here, and ``kept``, the restrictions of its
    namespaces. ``reads`` are folders that the task reads in addition to the item's own.
    """

    item: Item
    environment: dict[str, str]
    project: Path
    limits: Limits
    folder: Path | None = None
    reasons: dict[Framework, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    reads: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Procedure:
    """Functions that run items of one kind.

    ``run`` runs one in a fresh process and returns its outcome.
    ``lost`` creates an outcome from a message, for a process that did not report.
    ``read`` creates an outcome from plain data, and raises TypeError for anything else.
    ``code`` names the folders of this package that can change an outcome
    (see `storage.digest_of_code`).
    """

    run: Callable[[Task], ItemOutcome]
    lost: Callable[[Task, str], ItemOutcome]
    read: Callable[[object], ItemOutcome]
    code: tuple[str, ...]


def prepare(task: Task) -> dict[str, str]:
    """Sandbox this process and select the device; return the environment to record."""
    device = task.environment["device"]
    kept = sandbox.enter(
        task.folder,
        task.limits,
        device=device,
        reads=file_access.needed((*task.item.reads, *task.reads), task.project),
        kept=task.kept,
    )
    # MindSpore's queues spin while they wait: on busy cores a step takes four times
    # as long as in one thread.
    os.environ["MS_DEV_HOST_BLOCKING_RUN"] = "1"
    # pyplot must not look for a display.
    os.environ["MPLBACKEND"] = "agg"
    # DataLoader workers of an example must not start another forkserver.
    multiprocessing.set_start_method("fork", force=True)
    with captured(task.folder / "prepare"):
        devices.use(device)
        import mindspore  # noqa: PLC0415 - the core imports no framework

        # Otherwise an eager error appears at a later operation, or not at all.
        mindspore.runtime.launch_blocking()
    _require_versions(task.environment)
    return {**task.environment, "kept_from": kept}


def _require_versions(environment: dict[str, str]) -> None:
    """Raise LostError unless this process imports the versions in ``environment``.

    Examples get no PYTHONPATH, so they could otherwise run on packages that differ from
    those that the user sees.
    """
    for name in devices.PACKAGES:
        module = sys.modules.get(name)
        found = str(module.__version__) if module else environment[name]
        # The installed version does not always include the build of torch (cpu, cu126).
        if found.partition("+")[0] != environment[name].partition("+")[0]:
            message = (
                f"it ran on {name} {found} of {module.__file__}, expected "
                f"{environment[name]}: install that version, as examples do not get "
                "PYTHONPATH"
            )
            raise process.LostError(message)
