"""Comparisons on the workers of a Dask cluster.

A worker is threaded and must not fork.
It keeps processes of its own, the same as a run on one machine has, and hands each
comparison to one of them.
"""

import functools
import hashlib
import multiprocessing
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster, Worker, get_worker

from crosswalk import device as devices
from crosswalk import executors
from crosswalk.apart import LostError
from crosswalk.executors import ExecutorError

# In seconds: how long a scheduler, and its first worker, may take to answer.
PATIENCE = 30
# How often a comparison starts again whose supervising process was killed.
RETRIES = 3


def _code() -> str:
    """Return a digest of our own code as it is on disk."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


# What this process has imported, and goes on to use whatever happens on disk.
CODE = _code()
LOCK = threading.Lock()


@dataclass(frozen=True)
class Wanted:
    """What a worker must have in common with the process that asks."""

    environment: dict[str, str]
    code: str

    @classmethod
    def here(cls) -> "Wanted":
        """Return what this process has."""
        return cls(devices.environment("cpu"), CODE)


class ClusterExecutor(Executor):
    """Hands calls to the workers of a Dask cluster."""

    def __init__(self, client: Client) -> None:
        """Use the cluster of ``client``."""
        self.inner = client.get_executor(pure=False, retries=RETRIES)
        self.wanted = Wanted.here()

    def submit(self, call: Callable[[], Any], /) -> Future:
        """Return the future of ``call``, which a worker's process runs.

        It has LostError where workers died again and again, and ExecutorError
        where a worker is refused or the scheduler went away.
        """
        done = Future()
        future = self.inner.submit(hand_over, self.wanted, call)
        future.add_done_callback(partial(_pass_on, done))
        return done


def _pass_on(to: Future, done: Future) -> None:
    """Give ``to`` what ``done`` has, in the words of our own errors."""
    if done.cancelled():
        to.set_exception(ExecutorError("the Dask scheduler went away: start it again"))
        return
    error = done.exception()
    if isinstance(error, KilledWorker):
        tried, last = error.allowed_failures + 1, error.last_worker.address
        error = LostError(f"its worker died, {tried} times; the last one was {last}")
    elif isinstance(error, BrokenProcessPool):
        error = LostError(f"the process that ran it died, {RETRIES + 1} times")
    if error:
        to.set_exception(error)
    else:
        to.set_result(done.result())


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """Yield a cluster on this machine, of ``jobs`` workers with one thread each."""
    settings = {"distributed.worker.daemon": False}  # see `_refuse`
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=jobs, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        yield ClusterExecutor(client)


@contextmanager
def at(address: str, _: int) -> Iterator[Executor]:
    """Yield the cluster whose scheduler is at ``address``.

    A worker runs as many comparisons at a time as it has threads.
    Raises ExecutorError if there is none, or it has no worker.
    """
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        message = f"no Dask scheduler at {address}: {error}"
        raise ExecutorError(message) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            message = (
                f"the Dask scheduler at {address} has no worker: start some with "
                f"'dask worker {address} --no-nanny'"
            )
            raise ExecutorError(message) from error
        yield ClusterExecutor(client)


def hand_over(wanted: Wanted, call: Callable[[], Any]) -> object:
    """Run ``call`` in a process of the Dask worker that this is.

    Raises ExecutorError if the worker has other versions or other code than
    ``wanted``, and BrokenProcessPool if the process was killed.
    """
    worker = get_worker()
    reason = _refusal(wanted)
    if reason:
        message = f"the Dask worker {worker.name} at {worker.address} {reason}"
        raise ExecutorError(message)
    with LOCK:
        pool = _processes(worker)
    try:
        return pool.submit(call).result()
    except BrokenProcessPool:
        _processes.cache_clear()
        raise


def _refusal(wanted: Wanted) -> str:
    """Return why this process must not run comparisons; "" if it may."""
    found = devices.environment("cpu")
    other = [
        f"{name} {found[name]}, and this run has {name} {value}"
        for name, value in wanted.environment.items()
        if found[name] != value
    ]
    if other:
        return f"has {'; '.join(other)}: install the same versions there"
    if wanted.code != CODE:
        return "has other sources of crosswalk: bring them up to date, start it again"
    if multiprocessing.current_process().daemon:
        return (
            "is a daemonic process, which may have none of its own: start it with "
            "--no-nanny, or with DASK_DISTRIBUTED__WORKER__DAEMON=False"
        )
    return ""


@functools.cache
def _processes(worker: Worker) -> ProcessPoolExecutor:
    """Return the processes of ``worker``, which Dask removes with its folder."""
    scratch = tempfile.mkdtemp(prefix="crosswalk-", dir=worker.local_directory)
    return executors.processes(worker.state.nthreads, scratch)
