"""What runs comparisons: processes of this machine, or workers elsewhere.

An executor is a `concurrent.futures.Executor`.
What it is given must run in a process that has imported the frameworks, has run
nothing, and may fork.
"""

import gc
import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from multiprocessing import forkserver

from crosswalk import apart, isolation

# torch imports its compiler with the first optimizer: half of a cold start.
PRELOAD = [
    "crosswalk.fork_server",
    "torch",
    "torch._dynamo",
    "mindspore",
    "crosswalk.child",
]
HELP = (
    "local: processes of this machine (the default); dask: a Dask cluster of "
    "processes on this machine; tcp://HOST:PORT: the workers of that Dask scheduler"
)


class ExecutorError(RuntimeError):
    """Raised where an executor cannot run what it is given; the text says why."""


def choose(name: str) -> Callable[[int], AbstractContextManager[Executor]]:
    """Return what makes the executor called ``name`` (see `HELP`) for a number of jobs.

    Raises ExecutorError for an unknown name.
    """
    if name == "local":
        return local
    if name != "dask" and "://" not in name:
        message = (
            f"unknown executor {name!r}: expected local, dask or the address of a "
            "Dask scheduler, such as tcp://127.0.0.1:8786"
        )
        raise ExecutorError(message)
    # It takes a second to import, which only those who ask for it should wait.
    from crosswalk import cluster  # noqa: PLC0415

    return cluster.local if name == "dask" else partial(cluster.at, name)


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """Yield ``jobs`` processes, which end at once when their user stops asking."""
    with tempfile.TemporaryDirectory(prefix="crosswalk-") as scratch:
        pool = processes(jobs, scratch)
        try:
            yield pool
        finally:
            end(pool)


def end(pool: ProcessPoolExecutor) -> None:
    """End the processes of ``pool`` at once, whatever they do."""
    running = list((pool._processes or {}).values())  # noqa: SLF001 - no other way
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()
        process.join()


def processes(jobs: int, scratch: str) -> ProcessPoolExecutor:
    """Return processes that have imported the frameworks and run nothing.

    Each forks the processes in which comparisons run, whose folders are made in
    ``scratch``.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    with isolation.clean_environment():
        forkserver.ensure_running()
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(scratch,))


def _begin(scratch: str) -> None:
    """Get a process ready that forks others."""
    signal.signal(signal.SIGTERM, _leave)
    apart.end_with_parent(signal.SIGTERM)
    apart.adopt()
    tempfile.tempdir = scratch
    # What was imported stays for good: scanning it again would take time.
    gc.freeze()


def _leave(*_: object) -> None:
    """End this process, and first all that an example started: else it stays."""
    apart.end_all()
    os._exit(1)
