"""No way out of the sandbox is open, with namespaces and without them."""

import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator

import escapes
import hostile
import psutil
import pytest
from conftest import MINDSPORE, Project, clean_environment, wait_for

from crosswalk.comparisons.discover import discover
from crosswalk.model import Outcome

RUN = ("-m", "crosswalk", "run", "--fresh", "--json=all.json", "--limit=seconds=30")
# A kernel that has no user namespaces, and a user who may do nothing.
FORBID = (
    "echo 0 > /proc/sys/user/max_user_namespaces && "
    "exec setpriv --bounding-set=-all --inh-caps=-all"
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project of escapes, beside a service that they must not reach."""
    project = Project(tmp_path_factory.mktemp("escapes"))
    for name, (code, _) in escapes.FAILING.items():
        project.add(f"escapes/{name}", mindspore=escapes.side(code, project.root))
    project.add("good/neighbour")
    with socket.socket(socket.AF_UNIX) as service:
        service.bind(str(project.root / "service"))
        service.listen()
        yield project


@pytest.fixture(scope="module")
def ran(written: Project) -> dict[str, dict]:
    """Run all escapes by the command line."""
    done = written.command(*RUN)
    assert 1 == done.returncode, done.stderr
    return hostile.outcomes(written)


@pytest.mark.parametrize("name", escapes.FAILING)
def test_it_fails_with_its_cause(ran: dict[str, dict], name: str) -> None:
    """No check of it passed, and its message says why."""
    assert escapes.FAILING[name][1] in hostile.said_of(ran[name])
    assert ["failed"] == [check["status"] for check in ran[name]["checks"]]


def test_a_neighbour_is_as_alone(ran: dict[str, dict]) -> None:
    """A comparison that runs beside all of these passes."""
    assert ["passed"] == [check["status"] for check in ran["neighbour"]["checks"]]


@pytest.fixture(scope="module")
def weaker(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """Run some of them where the kernel gives no namespaces; return what was told."""
    project = Project(tmp_path_factory.mktemp("confined"))
    for name, (code, _) in escapes.WITHOUT_NAMESPACES.items():
        project.add(f"escapes/{name}", mindspore=escapes.side(code, project.root))
    project.add("good/neighbour")
    command = f"{FORBID} {shlex.join([sys.executable, *RUN])}"
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", command],
        cwd=project.root,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if not (project.root / "all.json").exists():
        pytest.skip(f"this machine cannot take namespaces away: {done.stderr}")
    assert 1 == done.returncode, done.stderr
    return project, done.stderr


@pytest.fixture(scope="module")
def confined(weaker: tuple[Project, str]) -> dict[str, dict]:
    """Return the outcomes without namespaces, by name."""
    return hostile.outcomes(weaker[0])


@pytest.mark.parametrize("name", escapes.WITHOUT_NAMESPACES)
def test_without_namespaces_it_fails_alone(
    confined: dict[str, dict], name: str
) -> None:
    """It may kill what runs it; its comparison fails, and says so."""
    assert escapes.WITHOUT_NAMESPACES[name][1] in hostile.said_of(confined[name])
    assert ["failed"] == [check["status"] for check in confined[name]["checks"]]


def test_without_namespaces_the_rest_goes_on(confined: dict[str, dict]) -> None:
    """All have an outcome, the neighbour passed, and says what it was kept from."""
    assert {*escapes.WITHOUT_NAMESPACES, "neighbour"} == set(confined)
    neighbour = confined["neighbour"]
    assert ["passed"] == [check["status"] for check in neighbour["checks"]]
    assert "other files" == neighbour["environment"]["kept_from"]


def test_without_namespaces_a_warning_says_so(weaker: tuple[Project, str]) -> None:
    """It is printed once, and names what examples were not kept from."""
    warning = "this kernel did not keep the examples from network, other processes"
    assert 1 == weaker[1].count(warning)


def test_a_killed_supervisor_leaves_nothing_running(project: Project) -> None:
    """The process that runs an example, and all below it, end with it."""
    code = "import subprocess\nsubprocess.run(['sleep', '871'], check=True)\n"
    project.add(mindspore=MINDSPORE + code)
    with subprocess.Popen(
        [sys.executable, *RUN],
        cwd=project.root,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as started:
        below = wait_for(lambda: _down_to_sleep(started.pid))
        # The front end, the fork server, and then the one that supervises.
        below[1].kill()
        said, _ = started.communicate()
    assert "the process that supervises it was killed" in said
    assert [] == psutil.wait_procs(below[2:], timeout=5)[1]


def _down_to_sleep(pid: int) -> list[psutil.Process]:
    """Return the processes from below ``pid`` down to one that sleeps, if there."""
    for found in psutil.Process(pid).children(recursive=True):
        if found.name() == "sleep":
            above = [p for p in reversed(found.parents()) if p.pid != pid]
            ours = {p.pid for p in psutil.Process(pid).children(recursive=True)}
            return [*(p for p in above if p.pid in ours), found]
    return []


def test_an_outcome_without_its_parts_is_none(project: Project) -> None:
    """An outcome tells of a comparison only with every side and every check of it."""
    project.add()
    comparison = discover(project.examples).comparisons["sums/ones"]
    assert not Outcome("sums/ones", {}, "", (), ()).tells_of(comparison)
