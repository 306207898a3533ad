"""Look up an executor by name."""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from functools import partial

from crosswalk.engine import pool
from crosswalk.engine.pool import ExecutorError

HELP = (
    "local: processes of this machine (the default); dask: a Dask cluster of "
    "processes on this machine; tcp://HOST:PORT: the workers of that Dask scheduler"
)


def choose(name: str) -> Callable[[int], AbstractContextManager[Executor]]:
    """Return a function that creates the executor ``name`` for a number of jobs.

    `HELP` describes the names.
    Raises ExecutorError for an unknown name.
    """
    if name == "local":
        return pool.local
    if name != "dask" and "://" not in name:
        message = (
            f"unknown executor {name!r}: expected local, dask or the address of a "
            "Dask scheduler, such as tcp://127.0.0.1:8786"
        )
        raise ExecutorError(message)
    # The import takes a second; only a run on a cluster needs it.
    from crosswalk.engine import cluster  # noqa: PLC0415

    return cluster.local if name == "dask" else partial(cluster.at, name)
