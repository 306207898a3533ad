"""Run a function in a process of its own, forked from this one."""

import contextlib
import ctypes
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

Given = TypeVar("Given")

# From Linux's <sys/prctl.h>.
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
# In seconds: how often a process is asked whether it has ended.
POLL = 0.005
ROUNDS = 50


class LostError(RuntimeError):
    """Raised where a forked process gave no result; the text says why."""


def run(function: Callable[[], Given], *, to: Path, seconds: float) -> Given:
    """Return what ``function`` returns in a forked process; the file ``to`` keeps it.

    No operation of MindSpore may have run here: the fork would hang, until it is
    killed after ``seconds``.
    Raises LostError if the function raised, or its process ended or hung.
    """
    forked = os.fork()
    if not forked:
        _work(function, to)
    code = _wait(forked, seconds)
    if code is None:
        message = f"stopped after {seconds:g} s, its time limit"
        raise LostError(message)
    if code:
        text = to.with_suffix(".txt")
        message = f"its process ended: {_ending(code)}"
        if text.exists():
            message = text.read_text("utf-8").strip()
        raise LostError(message)
    return pickle.loads(to.read_bytes())  # noqa: S301 - written by our own fork


def adopt() -> None:
    """Become the parent of all processes that those started here leave behind.

    Otherwise one that has begun a session of its own could not be found again.
    On systems other than Linux they are not found.
    """
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Get the signal ``number`` when the parent ends, however it ends (Linux)."""
    _prctl(PR_SET_PDEATHSIG, number)


def end_all() -> None:
    """Kill every process below this one, and wait until they are gone."""
    for _ in range(ROUNDS):  # one that is about to start another may be missed
        below = psutil.Process().children(recursive=True)
        if not below:
            return
        for process in below:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(below, timeout=1)


def _work(function: Callable[[], object], to: Path) -> None:
    code = 1
    try:
        end_with_parent()
        # The handler of the process that supervises is not for what it supervises.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        to.write_bytes(pickle.dumps(function()))
        code = 0
    except BaseException:  # noqa: BLE001 - nothing may get past the fork
        to.with_suffix(".txt").write_text(traceback.format_exc(), "utf-8")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _wait(process: int, seconds: float) -> int | None:
    """Return the exit code; None, the process killed, after ``seconds``."""
    deadline = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return None
        time.sleep(POLL)


def _ending(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
