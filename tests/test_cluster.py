"""On a cluster a comparison gives what it gives here, whatever becomes of workers."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import faults
import psutil
import pytest
from conftest import MINDSPORE, Project, clean_environment, wait_for

from crosswalk.engine import pool
from crosswalk.engine.pool import ExecutorError
from crosswalk.engine.sandbox import Limits

RUN = ("-m", "crosswalk", "run", "--limit=seconds=6")
NAMES = ("raises", "leaves", "crashes", "loops", "writes", "connects", "reads_a_token")
# What an example starts, so that the worker above it can be found.
SLEEP = "3.21"
SLEEPS = f"""\
import subprocess
subprocess.Popen(['sleep', '321'], start_new_session=True)
subprocess.run(['sleep', '{SLEEP}'], check=True)
"""


@contextmanager
def process(folder: Path, *arguments: str, **environment: str) -> Iterator[int]:
    """Yield the id of a process of Dask, which ends with the block."""
    command = [sys.executable, "-m", *arguments]
    with (
        (folder / "log.txt").open("ab") as log,
        subprocess.Popen(
            command,
            cwd=folder,
            env=clean_environment(SECRET_TOKEN="x", **environment),  # noqa: S106 - none
            stdout=log,
            stderr=log,
        ) as started,
    ):
        yield started.pid
        started.kill()


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """Yield the address of a scheduler on loopback."""
    file = folder / "scheduler.json"
    options = ("--host=127.0.0.1", "--port=0", "--no-dashboard", "--no-show")
    name = "distributed.cli.dask_scheduler"
    with process(folder, name, *options, f"--scheduler-file={file}"):
        wait_for(file.exists)
        yield json.loads(file.read_text("utf-8"))["address"]


def worker(
    folder: Path, address: str, name: str, *options: str, **environment: str
) -> AbstractContextManager[int]:
    """Return a worker of one thread; entering it gives its process id."""
    program = "distributed.cli.dask_worker"
    usual = ("--nthreads=1", "--no-dashboard", f"--local-directory={folder}")
    arguments = (program, address, f"--name={name}", *usual, *options)
    return process(folder, *arguments, **environment)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    """Return the address of a scheduler with two workers, and their process ids."""
    folder = tmp_path_factory.mktemp("dask")
    with (
        scheduler(folder) as address,
        worker(folder, address, "one", "--no-nanny") as one,
        worker(folder, address, "two", "--no-nanny") as two,
    ):
        yield address, (one, two)


def without_seconds(data: object) -> object:
    """Return ``data`` without what is never the same twice."""
    if isinstance(data, dict):
        return {k: without_seconds(v) for k, v in data.items() if k != "seconds"}
    return [without_seconds(v) for v in data] if isinstance(data, list) else data


def outcomes(project: Project, *options: str) -> dict[str, dict]:
    """Run all by the command line; return the outcomes by id."""
    project.command(*RUN, "--json=all.json", "--fresh", *options, SECRET_TOKEN="x")  # noqa: S106
    data = json.loads((project.root / "all.json").read_text("utf-8"))
    return {outcome["id"]: without_seconds(outcome) for outcome in data}


def test_outcomes_are_those_of_this_machine(project: Project, cluster: tuple) -> None:
    """Faults, time limits, isolation and their messages are the same."""
    known = faults.faults(project.root / "kept.txt")
    for name in NAMES:
        project.add(f"faults/{name}", mindspore=f"{MINDSPORE}{known[name].code}\n")
    project.add("good/neighbour", mindspore=faults.NEIGHBOUR)
    here = outcomes(project)
    assert {*(f"faults/{name}" for name in NAMES), "good/neighbour"} == set(here)
    assert here == outcomes(project, f"--executor={cluster[0]}")
    assert not list(project.root.glob("kept.txt"))


def test_a_killed_worker_costs_a_retry(project: Project, cluster: tuple) -> None:
    """A worker killed in the middle leaves nothing running, and loses nothing."""
    address, workers = cluster
    for number in range(3):
        project.add(f"sleeps/c{number}", mindspore=MINDSPORE + SLEEPS)
    command = [sys.executable, *RUN, f"--executor={address}"]
    with subprocess.Popen(
        command,
        cwd=project.root,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as run:
        victim, below = wait_for(lambda: busy(workers))
        os.kill(victim, signal.SIGKILL)
        said, _ = run.communicate()
    assert 0 == run.returncode, said
    assert 3 == said.count("passed")
    assert [] == psutil.wait_procs(below, timeout=1)[1]


def busy(workers: Iterable[int]) -> tuple[int, list[psutil.Process]] | None:
    """Return a worker in which an example sleeps, and all processes below it."""
    for pid in workers:
        below = psutil.Process(pid).children(recursive=True)
        for found in below:
            with contextlib.suppress(psutil.NoSuchProcess):  # one may end meanwhile
                if ["sleep", SLEEP] == found.cmdline():
                    return pid, below
    return None


def test_a_worker_that_dies_again_and_again_is_told(project: Project) -> None:
    """The comparison failed, its message says why, and its neighbour passed."""
    project.add("faults/sleeps", mindspore=MINDSPORE + SLEEPS)
    project.add("good/ones")
    once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with subprocess.Popen(
        [sys.executable, *RUN, "--executor=dask", "--jobs=2"],
        cwd=project.root,
        env=clean_environment(**once),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as run:
        for _ in range(2):
            workers = psutil.Process(run.pid).children
            victim, _ = wait_for(lambda: busy([p.pid for p in workers()]))  # noqa: B023
            killed = psutil.Process(victim)
            killed.kill()
            psutil.wait_procs([killed], timeout=5)
        said, _ = run.communicate()
    assert 1 == run.returncode
    assert "its worker died, 2 times; the last one was" in said
    assert "good/ones passed" in said


def other_numpy(folder: Path) -> dict[str, str]:
    """Return an environment in which NumPy's metadata name another version."""
    metadata = folder / "other" / "numpy-0.1.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    metadata.write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 0.1\n", "utf-8")
    return {"PYTHONPATH": str(folder / "other")}


@pytest.mark.parametrize(
    ("options", "environment", "message"),
    [
        (("--no-nanny",), other_numpy, "numpy 0.1, and this run has numpy 1.26.4"),
        (("--nanny",), lambda _: {}, "is a daemonic process"),
    ],
    ids=["versions", "daemon"],
)
def test_a_worker_that_is_not_alike_is_refused(
    project: Project,
    options: tuple[str, ...],
    environment: Callable[[Path], dict[str, str]],
    message: str,
) -> None:
    """The run names the worker and both versions, and nothing ran."""
    project.add()
    changed = environment(project.root)
    with (
        scheduler(project.root) as address,
        worker(project.root, address, "odd", *options, **changed),
    ):
        done = project.command(*RUN, f"--executor={address}")
    assert (2, "") == (done.returncode, done.stdout)
    assert "crosswalk: the Dask worker odd " in done.stderr
    assert message in done.stderr


def test_a_scheduler_without_worker_is_told(project: Project) -> None:
    """The message says how to start a worker."""
    project.add()
    soon = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    with scheduler(project.root) as address:
        done = project.command(*RUN, f"--executor={address}", **soon)
    assert 2 == done.returncode
    assert f"has no worker after 2s: start some with 'dask worker {address}" in (
        done.stderr
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("spark", "unknown executor 'spark': expected local, dask or the address"),
        ("tcp://127.0.0.1:9", "no Dask scheduler at tcp://127.0.0.1:9: "),
    ],
)
def test_an_executor_that_is_none_is_refused(
    project: Project, name: str, message: str
) -> None:
    """The command line says what it expected."""
    project.add()
    soon = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    done = project.command(*RUN, f"--executor={name}", **soon)
    assert 2 == done.returncode
    assert message in done.stderr


class Elsewhere(Executor):
    """An executor on which the sources are other ones, once something ran."""

    def __init__(self, inner: Executor, path: Path) -> None:
        """Run in ``inner``; ``path`` is a source."""
        self.inner = inner
        self.path = path

    def submit(self, call: Callable[[], object], /) -> Future:
        """Return the future of ``call``, when it has its result."""
        future = self.inner.submit(call)
        future.result()
        self.path.write_text("# of another checkout\n", "utf-8")
        return future


def test_an_outcome_of_other_sources_is_refused(project: Project) -> None:
    """What ran from other files than those here is an error, and is not kept."""
    path = project.add() / "ones_torch.py"

    @contextmanager
    def elsewhere(jobs: int) -> Iterator[Executor]:
        with pool.local(jobs) as inner:
            yield Elsewhere(inner, path)

    with pytest.raises(ExecutorError, match=r"sums/ones ran on .* from other sources"):
        project.run(executor=elsewhere, limits=Limits(seconds=10))
    assert not (project.root / "_build").exists()
