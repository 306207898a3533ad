"""What a process is given to run, and how it gets ready for it."""

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
    """One item to run, and on what.

    Who runs it sets ``folder``, an empty one of its own, and ``reasons``: why a
    framework cannot run it there; and ``kept``, what its namespaces keep it from.
    ``reads`` are folders that it reads besides those of the item.
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
    """How items of one kind are run.

    ``run`` runs one in a process of its own and returns its outcome; ``lost`` makes
    one of a message for a process that did not report; ``read`` makes one of plain
    data, and raises TypeError for anything else.
    ``code`` names the folders of this package that can change an outcome
    (see `storage.digest_of_code`).
    """

    run: Callable[[Task], ItemOutcome]
    lost: Callable[[Task, str], ItemOutcome]
    read: Callable[[object], ItemOutcome]
    code: tuple[str, ...]


def prepare(task: Task) -> dict[str, str]:
    """Shut this process in, choose the device; return what an outcome records."""
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
    # Where nobody looks, pyplot needs no window and tries none.
    os.environ["MPLBACKEND"] = "agg"
    # DataLoader workers of an example must not start another forkserver.
    multiprocessing.set_start_method("fork", force=True)
    with captured(task.folder / "prepare"):
        devices.use(device)
        import mindspore  # noqa: PLC0415 - the core imports no framework

        # Eager errors would otherwise surface later, or nowhere.
        mindspore.runtime.launch_blocking()
    _require_versions(task.environment)
    return {**task.environment, "kept_from": kept}


def _require_versions(environment: dict[str, str]) -> None:
    """Make sure that this process imports what ``environment`` says.

    Examples get no PYTHONPATH: with one, they would run on other packages than those
    that whoever started them sees.  Raises LostError.
    """
    for name in devices.PACKAGES:
        module = sys.modules.get(name)
        found = str(module.__version__) if module else environment[name]
        # Where torch was built for is not always part of the installed version.
        if found.partition("+")[0] != environment[name].partition("+")[0]:
            message = (
                f"it ran on {name} {found} of {module.__file__}, expected "
                f"{environment[name]}: install that version, as examples do not get "
                "PYTHONPATH"
            )
            raise process.LostError(message)
