"""Run a function in a forked process and receive its report.

The report is bytes that come through a pipe once, after a secret number.
Treat them as untrusted: an example's code ran in that process, and it can find the
number by searching its memory.
"""

import contextlib
import ctypes
import json
import os
import secrets
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NoReturn

import psutil

from crosswalk.engine import namespaces

# From Linux's <sys/prctl.h>.
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
ROUNDS = 50
MIB = 2**20
# The largest report, in MiB: a hundred times the largest that was seen.
LONGEST = 32
# In seconds: how long ended processes may take to close their pipes.
PATIENCE = 2
CHUNK = 2**16
# In seconds: how often a process is asked whether it has ended.
POLL = 0.001
# In characters: how much text of a failed process is kept.
TOLD = 10_000
# In bytes: the number before a report, and how many are written for its length.
SEAL, SIZE = 16, 8
STDERR = 2

Function = Callable[[tuple[str, ...]], bytes]


class LostError(RuntimeError):
    """Raised if a forked process sent no valid report; the message gives the reason."""


@dataclass
class _Heard:
    """Data from the pipes: the report, and how its process ended."""

    report: bytearray = field(default_factory=bytearray)
    ending: bytearray = field(default_factory=bytearray)


def run(
    function: Function,
    *,
    seconds: float,
    shared: int = 0,
    seen: Iterable[str] = (),
) -> bytes:
    """Return the result of ``function``, which runs in a forked process.

    With ``shared``, the process gets its own namespaces if the kernel supports them,
    with that many MiB of shared memory, and with the folders ``seen`` in addition to
    those of the system.
    ``function`` receives the names of the restrictions that they impose.
    This process must not have run an operation of MindSpore; otherwise, the fork hangs
    until it is killed after ``seconds``.
    Raises LostError if the function raised, if its process ended early or hung, or if
    the report is longer than `LONGEST`.
    """
    enter = None
    if shared and namespaces.are_offered():
        enter = partial(namespaces.mount, shared, seen)
    report, ending, seal = os.pipe(), os.pipe(), secrets.token_bytes(SEAL)
    forked = os.fork()
    if not forked:
        _supervise(function, seal, report[1], ending[1], enter)
    os.close(report[1])
    os.close(ending[1])
    try:
        heard, trouble = _listen(report[0], ending[0], time.monotonic() + seconds)
    finally:
        _end(forked)
        os.close(report[0])
        os.close(ending[0])
    if trouble == "time":
        message = f"stopped after {seconds:g} s, its time limit"
        raise LostError(message)
    if trouble:
        raise LostError(trouble)
    return _report(heard, seal)


def adopt() -> None:
    """Become the parent of all orphaned processes that started below this one.

    Otherwise, a process that has started its own session could not be found again.
    Only Linux supports this.
    """
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Ask for the signal ``number`` when the parent ends, however it ends (Linux)."""
    _prctl(PR_SET_PDEATHSIG, number)


def end_all() -> None:
    """Kill every process below this one, and wait until all have ended."""
    for _ in range(ROUNDS):  # one that is about to start another may be missed
        below = psutil.Process().children(recursive=True)
        if not below:
            return
        for process in below:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(below, timeout=1)


def _supervise(
    function: Function,
    seal: bytes,
    report: int,
    ending: int,
    enter: Callable[[], tuple[str, ...]] | None,
) -> NoReturn:
    """Fork the working process, wait for it, and report how it ended.

    In a PID namespace this is the first process; when it ends, all others end.
    """
    kept: tuple[str, ...] = ()
    try:
        end_with_parent()
        # The supervisor's signal handler must not run in the supervised process.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _close_all_but(report, ending)
        if enter and namespaces.leave():
            inner = os.fork()
            if inner:
                os.close(report)
                os.close(ending)
                _stay_outside(inner)
            end_with_parent()
            kept = enter()
        worker = os.fork()
        if not worker:
            os.close(ending)
            _work(function, kept, seal, report)
        os.close(report)
        namespaces.protect()
        os.write(ending, json.dumps(_wait(worker)).encode())
    finally:
        os._exit(0)


def _stay_outside(inner: int) -> NoReturn:
    """Wait until ``inner`` and all processes in its namespace have ended."""
    signal.signal(signal.SIGTERM, lambda *_: os.kill(inner, signal.SIGKILL))
    os.waitpid(inner, 0)
    os._exit(0)


def _end(forked: int) -> None:
    """End a supervising process, and wait until it has ended.

    Gives it time to wait for its namespace, unless it has been stopped.
    """
    deadline = time.monotonic() + PATIENCE
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(forked, signal.SIGTERM)
        while os.waitpid(forked, os.WNOHANG)[0] == 0:
            if time.monotonic() > deadline:
                os.kill(forked, signal.SIGKILL)
            time.sleep(POLL)


def _wait(worker: int) -> int:
    """Return the exit code of ``worker``; reap other processes as they end."""
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == worker:
            return os.waitstatus_to_exitcode(status)


def _work(
    function: Function, kept: tuple[str, ...], seal: bytes, report: int
) -> NoReturn:
    code = 1
    try:
        end_with_parent()
        # Otherwise a signal to its process group would reach its ancestors.
        os.setsid()
        _silence()
        said = function(kept)
        code = 0
    except LostError as error:
        said = str(error).encode(errors="replace")
    except BaseException:  # noqa: BLE001 - nothing may get past the fork
        said = traceback.format_exc().encode(errors="replace")
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        view = memoryview(seal + len(said).to_bytes(SIZE, "big") + said)
        while view:
            view = view[os.write(report, view) :]
    finally:
        os._exit(code)


def _silence() -> None:
    """Detach from the front end's terminal or file, so it cannot imitate our output."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(STDERR + 1):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def _close_all_but(*kept: int) -> None:
    """Close the inherited descriptors, such as pipes and sockets of parent processes.

    Closes only open ones: a process may open a billion files, and trying all of those
    numbers would take minutes.
    """
    opened = [int(path.name) for path in Path("/dev/fd").iterdir()]
    for descriptor in opened:
        if descriptor > STDERR and descriptor not in kept:
            with contextlib.suppress(OSError):  # the listing's own is closed
                os.close(descriptor)


def _listen(report: int, ending: int, deadline: float) -> tuple[_Heard, str]:
    """Read both pipes until they end; return the data and a problem, "" if none."""
    heard = _Heard()
    with selectors.DefaultSelector() as selector:
        selector.register(report, selectors.EVENT_READ, heard.report)
        selector.register(ending, selectors.EVENT_READ, heard.ending)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if not ready and ending in selector.get_map():
                return heard, "time"
            if not ready:
                # Without a namespace, its child process may hold the other pipe.
                end_all()
                return heard, ""
            for key, _ in ready:
                chunk = os.read(key.fd, CHUNK)
                key.data.extend(chunk)
                if not chunk:
                    selector.unregister(key.fd)
                    if key.fd == ending:
                        deadline = time.monotonic() + PATIENCE
            if len(heard.report) > LONGEST * MIB:
                return heard, f"reported more than {LONGEST} MiB, its limit"
    return heard, ""


def _report(heard: _Heard, seal: bytes) -> bytes:
    """Return the report of a process that ended normally; raises LostError."""
    if not heard.ending:
        message = "its process and the one above it were killed"
        raise LostError(message)
    code = json.loads(heard.ending)
    said = _unsealed(bytes(heard.report), seal)
    if said is None and heard.report:
        message = f"its process reported what is no outcome: {_ending(code)}"
        raise LostError(message)
    if code == 0 and said:
        return said
    text = (said or b"")[-TOLD:].decode(errors="replace").strip()
    raise LostError(
        text if code == 1 and text else f"its process ended: {_ending(code)}"
    )


def _unsealed(report: bytes, seal: bytes) -> bytes | None:
    """Return the content of exactly one report; None for more or less than one."""
    head, said = report[: SEAL + SIZE], report[SEAL + SIZE :]
    whole = seal + len(said).to_bytes(SIZE, "big")
    return said if secrets.compare_digest(head, whole) else None


def _ending(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
