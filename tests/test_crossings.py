"""Whatever crosses from an example's process to ours is data, and stays its own.

The rows of the table "Data from an example's process" of the architecture page are
tried here, by the command line and by pytest; `test_faults` tries builds, too.
"""

import re
import socket
import subprocess
from collections.abc import Iterator
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import hostile
import pytest
from conftest import Project

LIMITS = ("seconds=20", "memory=6144")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project of hostile examples, beside what they must not reach."""
    project = Project(tmp_path_factory.mktemp("hostile"))
    outside = project.root / "outside"
    outside.mkdir()
    (outside / "secret").write_text(hostile.TOKEN)
    programs = {n: code for n, (code, _) in hostile.FAILING.items()} | hostile.PASSING
    for name, code in programs.items():
        project.add(f"hostile/{name}", mindspore=hostile.side(code, outside))
    for name, (checks, _) in hostile.CHECKS_FAILING.items():
        project.add(f"hostile/{name}", checks=checks)
    project.add("good/neighbour")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(f"\0{hostile.SOCKET}")
    listening.listen()
    shared = SharedMemory(create=True, size=16)
    yield project
    shared.close()
    shared.unlink()
    listening.close()


@pytest.fixture(scope="module")
def ran(written: Project) -> subprocess.CompletedProcess:
    """Run all by the command line, with a token in its environment."""
    limits = [f"--limit={limit}" for limit in LIMITS]
    arguments = ("-m", "crosswalk", "run", "--json", "all.json", *limits)
    return written.command(*arguments, PLANTED=hostile.TOKEN)


@pytest.fixture(scope="module")
def outcomes(ran: subprocess.CompletedProcess, written: Project) -> dict[str, dict]:
    """Return the outcomes by name."""
    assert 1 == ran.returncode, ran.stderr
    return hostile.outcomes(written)


def statuses(outcome: dict) -> set[str]:
    """Return the statuses of all parts of an outcome."""
    return {part["status"] for part in (*outcome["sides"], *outcome["checks"])}


@pytest.mark.parametrize("name", [*hostile.FAILING, *hostile.CHECKS_FAILING])
def test_it_fails_alone_with_its_cause(outcomes: dict[str, dict], name: str) -> None:
    """The comparison fails, its message says why, and no check of it passed."""
    _, message = {**hostile.FAILING, **hostile.CHECKS_FAILING}[name]
    outcome = outcomes[name]
    assert message in hostile.said_of(outcome)
    assert {"failed"} == {check["status"] for check in outcome["checks"]}


@pytest.mark.parametrize("name", hostile.PASSING)
def test_what_reaches_nothing_passes(outcomes: dict[str, dict], name: str) -> None:
    """It sees and changes nothing outside, so that it is as any other."""
    assert {"passed"} == statuses(outcomes[name]), hostile.said_of(outcomes[name])


def test_a_neighbour_is_as_alone(outcomes: dict[str, dict]) -> None:
    """A comparison that runs beside all of these passes."""
    assert {"passed"} == statuses(outcomes["neighbour"])


def test_nothing_secret_is_told(
    ran: subprocess.CompletedProcess, outcomes: dict[str, dict], written: Project
) -> None:
    """No token of the environment or of a file is in a report or in the store."""
    assert outcomes
    assert hostile.TOKEN not in ran.stdout + ran.stderr
    kept = [written.root / "all.json", *written.store().folder.iterdir()]
    assert [] == [path for path in kept if hostile.TOKEN in path.read_text("utf-8")]


def test_nothing_outside_is_changed(
    outcomes: dict[str, dict], written: Project
) -> None:
    """No code of an example ran outside its sandbox."""
    assert outcomes
    outside = written.root / "outside"
    assert ["secret"] == [path.name for path in outside.iterdir()]


def test_pytest_reports_each_alone(written: Project) -> None:
    """The same programs under pytest: the same ones fail, and nothing ends the run."""
    limits = [f"--crosswalk-limit={limit}" for limit in LIMITS]
    arguments = ("-m", "pytest", "-q", "--rootdir", ".", "examples", *limits)
    done = written.command(*arguments, PLANTED=hostile.TOKEN)
    failed = set(re.findall(r"^FAILED examples/(\S+)::same", done.stdout, re.MULTILINE))
    expected = {*hostile.FAILING, *hostile.CHECKS_FAILING}
    assert {f"hostile/{name}" for name in expected} == failed
    assert hostile.TOKEN not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["outcome", "../escaped", "sums.ones.json"])
def test_no_store_is_unpickled(project: Project, name: str) -> None:
    """A pickle in the place of a stored outcome is no outcome: it runs again."""
    project.add()
    project.run()
    forged = project.store().folder / Path(name).name
    forged.write_bytes(b"cos\nsystem\n(S'touch escaped'\ntR.")
    assert {"sums/ones"} == project.run().keys()
    assert not (project.root / "escaped").exists()
