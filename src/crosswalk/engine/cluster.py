"""Run comparisons on the workers of a Dask cluster.

A worker has threads and must not fork.
So each worker keeps processes like those of a local run, and passes each comparison
to one of them.
"""

import contextlib
import multiprocessing
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial

import dask
from distributed import Client, KilledWorker, LocalCluster, Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from crosswalk.engine import device as devices
from crosswalk.engine import pool, storage
from crosswalk.engine.pool import ExecutorError
from crosswalk.engine.process import LostError

# How often a comparison starts again whose supervising process was killed.
RETRIES = 3


# The code that this process has imported, even if the files change later.
CODE = storage.digest_of_code(("",))


class Crew(WorkerPlugin):
    """The processes of one worker, created only if its versions and code match ours."""

    def __init__(self) -> None:
        """Record the versions and the code of this process, which workers must have."""
        self.environment = devices.environment("cpu")
        self.code = CODE

    def setup(self, worker: Worker) -> None:
        """Start the processes; raises ExecutorError if the worker does not match."""
        self.jobs = worker.state.nthreads
        self.scratch = tempfile.mkdtemp("-crosswalk", dir=worker.local_directory)
        self.pool = None
        reason = self._reason()
        self.refusal = f"the Dask worker {worker.name} {reason}" if reason else ""
        self._refuse()
        self.pool = pool.Processes(self.jobs, self.scratch)

    def teardown(self, worker: Worker) -> None:
        """End the processes and remove their files."""
        del worker
        if self.pool:
            self.pool.shutdown()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def run(self, call: Callable[[], bytes]) -> bytes:
        """Run ``call`` in one of the processes and return its result.

        Raises ExecutorError if the worker does not match, and LostError if the process
        was killed; the next call uses a new process.
        """
        self._refuse()
        return self.pool.submit(call).result()

    def _refuse(self) -> None:
        # Dask keeps a worker whose plugin raised.
        if self.refusal:
            raise ExecutorError(self.refusal)

    def _reason(self) -> str:
        """Return why this process must not run comparisons; "" if it may."""
        found = devices.environment("cpu")
        other = [
            f"{name} {found[name]}, and this run has {name} {value}"
            for name, value in self.environment.items()
            if found[name] != value
        ]
        if other:
            return f"has {'; '.join(other)}: install the same versions there"
        if self.code != CODE:
            return "has other sources of crosswalk: update them and start it again"
        if multiprocessing.current_process().daemon:
            return (
                "is a daemonic process, which may have none of its own: start it with "
                "--no-nanny, or with DASK_DISTRIBUTED__WORKER__DAEMON=False"
            )
        return ""


def hand_over(crew: str, call: Callable[[], bytes]) -> bytes:
    """Run ``call`` in a process of the current worker; see `Crew.run`."""
    return get_worker().plugins[crew].run(call)


class ClusterExecutor(Executor):
    """An executor that sends calls to the workers of a Dask cluster."""

    def __init__(self, client: Client, crew: str) -> None:
        """Use the cluster of ``client``, which has a `Crew` as its plugin ``crew``."""
        self.inner = client.get_executor(pure=False, retries=RETRIES)
        self.crew = crew

    def submit(self, call: Callable[[], bytes], /) -> Future[bytes]:
        """Return the future of ``call``, which runs in a process of a worker.

        It fails with LostError if workers died repeatedly, and with ExecutorError if a
        worker does not match or the scheduler is gone.
        """
        done = Future()
        future = self.inner.submit(hand_over, self.crew, call)
        future.add_done_callback(partial(_pass_on, done))
        return done


def _pass_on(to: Future, done: Future) -> None:
    """Pass the result or error of ``done`` to ``to``, with our own error classes."""
    if done.cancelled():
        to.set_exception(ExecutorError("the Dask scheduler went away: start it again"))
        return
    error = done.exception()
    if isinstance(error, KilledWorker):
        tried, last = error.allowed_failures + 1, error.last_worker.name
        error = LostError(f"its worker died, {tried} times; the last one was {last}")
    elif isinstance(error, LostError):
        error = LostError(f"{error}, {RETRIES + 1} times")
    if error:
        to.set_exception(error)
    else:
        to.set_result(done.result())


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """Yield a cluster on this machine with ``jobs`` workers of one thread each."""
    settings = {"distributed.worker.daemon": False}  # see `Crew._reason`
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=jobs, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
        _executor(client) as executor,
    ):
        yield executor


@contextmanager
def at(address: str, _: int) -> Iterator[Executor]:
    """Yield the cluster whose scheduler is at ``address``.

    A worker runs as many comparisons at a time as it has threads.
    Raises ExecutorError if there is no scheduler or no worker, or if a worker does not
    match.
    """
    patience = dask.config.get("distributed.comm.timeouts.connect")
    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        message = f"no Dask scheduler at {address}: {error}"
        raise ExecutorError(message) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            message = (
                f"the Dask scheduler at {address} has no worker after {patience}: "
                f"start some with 'dask worker {address} --no-nanny'"
            )
            raise ExecutorError(message) from error
        with _executor(client) as executor:
            yield executor


@contextmanager
def _executor(client: Client) -> Iterator[Executor]:
    """Yield an executor; its workers have a crew until the block ends."""
    name = f"crosswalk-{uuid.uuid4()}"
    try:
        client.register_plugin(Crew(), name=name)
        yield ClusterExecutor(client, name)
    finally:
        with contextlib.suppress(OSError):  # the scheduler may be gone
            client.unregister_worker_plugin(name)
