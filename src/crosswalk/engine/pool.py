"""Executors of comparisons: processes of this machine, or workers elsewhere.

An executor is a `concurrent.futures.Executor`.
Its calls must run in a process that has imported the frameworks, has run no
operation, and may fork.
"""

import gc
import multiprocessing
import os
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from queue import Empty, SimpleQueue

from crosswalk.engine import guard, namespaces, process, sandbox
from crosswalk.engine.device import DeviceError
from crosswalk.engine.process import LostError

# The first byte of an answer.
RESULT, DEVICE_ERROR, ERROR = b"r", b"d", b"e"
# torch imports its compiler with the first optimizer: half of a cold start.
PRELOAD = [
    "crosswalk.engine.fork_server",
    "torch",
    "torch._dynamo",
    "mindspore",
    "crosswalk.comparisons.execute",
]


class ExecutorError(RuntimeError):
    """Raised if an executor cannot run its calls; the message gives the reason."""


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """Yield an executor of ``jobs`` processes, which end when the block ends."""
    with (
        tempfile.TemporaryDirectory(prefix="crosswalk-") as scratch,
        Processes(jobs, scratch) as processes,
    ):
        yield processes


class Processes(Executor):
    """Processes that have imported the frameworks and run no operation.

    Each of them forks the processes in which comparisons run.
    A thread communicates with each of them through a separate pipe.
    They share no lock and no queue, so a killed process does not affect the others.
    """

    def __init__(self, jobs: int, scratch: str) -> None:
        """Run ``jobs`` calls at a time; create folders in ``scratch``."""
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(PRELOAD)
        with sandbox.clean_environment():
            forkserver.ensure_running()
        self.scratch = scratch
        self.threads = ThreadPoolExecutor(jobs)
        self.idle: SimpleQueue[Supervisor] = SimpleQueue()
        self.all: set[Supervisor] = set()
        self.is_ending = False

    def submit(self, call: Callable[[], bytes], /) -> Future[bytes]:
        """Return the future of ``call``, which runs in one of the processes.

        It fails with LostError if that process was killed; the next call uses a new
        one.
        """
        return self.threads.submit(self._ask, call)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: FBT001, FBT002 - as in the base class
        """End the processes at once, whatever they do."""
        self.is_ending = True
        for one in set(self.all):
            one.end()
        self.threads.shutdown(wait, cancel_futures=cancel_futures)

    def _ask(self, call: Callable[[], bytes]) -> bytes:
        try:
            one = self.idle.get_nowait()
        except Empty:
            one = Supervisor(self.context, self.scratch)
            self.all.add(one)
        if self.is_ending:
            one.end()
        try:
            return one.ask(call)
        except LostError:
            self.all.discard(one)
            one.end()
            raise
        finally:
            if one in self.all:
                self.idle.put(one)


class Supervisor:
    """A process that runs its calls one after the other."""

    def __init__(self, context: ForkServerContext, scratch: str) -> None:
        """Start the process, which creates its folders in ``scratch``."""
        self.pipe, there = context.Pipe()
        self.process = context.Process(target=_serve, args=(there, scratch))
        self.process.start()
        there.close()

    def ask(self, call: Callable[[], bytes]) -> bytes:
        """Run ``call`` in the process and return its result.

        Raises LostError if the process is killed, DeviceError if ``call`` does, and
        ExecutorError if ``call`` raises anything else.
        """
        try:
            self.pipe.send(call)
            said = self.pipe.recv_bytes()
        except (EOFError, OSError) as error:
            message = "the process that supervises it was killed"
            raise LostError(message) from error
        kind, said = said[:1], said[1:]
        if kind == DEVICE_ERROR:
            raise DeviceError(said.decode())
        if kind == ERROR:
            raise ExecutorError(said.decode())
        return said

    def end(self) -> None:
        """End the process at once."""
        self.process.terminate()
        self.process.join()


def _serve(pipe: Connection, scratch: str) -> None:
    """Run the calls that arrive through ``pipe``, until it is closed."""
    _begin(scratch)
    while True:
        try:
            call = pipe.recv()
        except EOFError:
            return
        try:
            said = RESULT + call()
        except DeviceError as error:
            said = DEVICE_ERROR + str(error).encode()
        except Exception:  # noqa: BLE001 - it is told where it is asked for
            said = ERROR + traceback.format_exc().encode()
        pipe.send_bytes(said)


def _begin(scratch: str) -> None:
    """Prepare a process for forking others."""
    signal.signal(signal.SIGTERM, _leave)
    process.end_with_parent(signal.SIGTERM)
    process.adopt()
    namespaces.protect()
    tempfile.tempdir = scratch
    # Once for all processes that it forks, before the first one runs.
    guard.baseline()
    # Imported modules stay: scanning them in each collection would take time.
    gc.freeze()


def _leave(*_: object) -> None:
    """End all processes that an example started, and then this process."""
    process.end_all()
    os._exit(1)
