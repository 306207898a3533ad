"""Run a function in a process of its own, forked from this one."""

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any


class LostError(RuntimeError):
    """Raised where a forked process gave no result; the text says why."""


# In seconds; alone on the machine, none takes a tenth of it.
TIME_LIMIT = 400


def run(function: Callable[[], Any], *, to: Path) -> Any:
    """Return what ``function`` returns in a forked process; the file ``to`` keeps it.

    No operation of MindSpore may have run here: the fork would hang, until
    `TIME_LIMIT` ends it. (`multiprocessing` refuses to fork from the runner's
    processes, which are daemons.)
    Raises LostError if the function raised, or its process ended or hung.
    """
    forked = os.fork()
    if not forked:
        _work(function, to)
    _, status = os.waitpid(forked, 0)
    code = os.waitstatus_to_exitcode(status)
    if code:
        text = to.with_suffix(".txt")
        why = text.read_text("utf-8") if text.exists() else f"it ended with {code}"
        message = f"{to.name}: {why.strip()}"
        raise LostError(message)
    return pickle.loads(to.read_bytes())  # noqa: S301 - written by our own fork


def _work(function: Callable[[], Any], to: Path) -> None:
    code = 1
    try:
        signal.alarm(TIME_LIMIT)
        to.write_bytes(pickle.dumps(function()))
        code = 0
    except BaseException:  # noqa: BLE001 - nothing may get past the fork
        to.with_suffix(".txt").write_text(traceback.format_exc(), "utf-8")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
