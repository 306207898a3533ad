"""Faults stay where they are, whichever front end runs them."""

import json
import re
import subprocess
from pathlib import Path

import faults
import psutil
import pytest
from conftest import Project
from small_site import build

from crosswalk.engine import sandbox

LIMITS = (f"seconds={faults.SECONDS}", "memory=6144")
WHERE = Path("/not/there/kept.txt")  # names of faults do not depend on it
FAULTS = faults.faults(WHERE)
PAGE = "# Faults\n\n" + "\n".join(
    f"```{{comparison}} {name}\n```\n"
    for name in (
        *(f"faults/{name}" for name in FAULTS),
        *(f"harmless/{name}" for name in faults.HARMLESS),
        "good/neighbour",
    )
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with every fault, and a file outside that must stay."""
    project = Project(tmp_path_factory.mktemp("faulty"))
    outside = project.root / "kept.txt"
    outside.write_text("as it was")
    faults.write(project, outside)
    return project


def by_command(project: Project) -> subprocess.CompletedProcess:
    """Run all by the command line."""
    limits = [f"--limit={limit}" for limit in LIMITS]
    arguments = ("-m", "crosswalk", "run", "--json", "all.json", *limits)
    return project.command(*arguments, SECRET_TOKEN="x")  # noqa: S106 - none


def by_pytest(project: Project) -> subprocess.CompletedProcess:
    """Run all by pytest."""
    limits = [f"--crosswalk-limit={limit}" for limit in LIMITS]
    arguments = ("-m", "pytest", "-q", "--rootdir", ".", "examples", *limits)
    arguments += ("--continue-on-collection-errors",)
    return project.command(*arguments, SECRET_TOKEN="x")  # noqa: S106 - none


def by_build(project: Project) -> subprocess.CompletedProcess:
    """Run all by a build of the site."""
    limits = f"crosswalk_limits = {{'seconds': {faults.SECONDS}, 'memory': 6144}}\n"
    return build(project, page=PAGE, conf=limits)


FRONT_ENDS = {"command": by_command, "pytest": by_pytest, "build": by_build}


@pytest.fixture(scope="module", params=FRONT_ENDS)
def said(request: pytest.FixtureRequest, written: Project) -> str:
    """Return all that one front end says of the faults."""
    done = FRONT_ENDS[request.param](written)
    assert done.returncode == 1, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_place_and_cause(said: str, name: str) -> None:
    """The message names the file and the line, and says what went wrong."""
    fault = FAULTS[name]
    line = faults.line_of(fault) if fault.where else 1
    place = re.escape(f"examples/faults/{name}/{name}_mindspore.py:{line}: ")
    told = re.search(rf"{place}.*?{re.escape(fault.message)}", said, re.DOTALL)
    assert told, f"expected {fault.message!r} at line {line}"
    assert len(told[0].splitlines()) <= 4, told[0]


@pytest.mark.parametrize("name", faults.UNREADABLE)
def test_what_cannot_be_read_is_told_with_its_place(said: str, name: str) -> None:
    """Each file that is no side or no check is named once with line and cause."""
    _, message = faults.UNREADABLE[name]
    told = said.replace(": WARNING: ", ": ")
    assert 1 == told.count(f"examples/unreadable/{name}/{message}")


def test_nothing_is_left_and_nothing_is_changed(said: str, written: Project) -> None:
    """No process goes on, and the file outside is as it was."""
    del said
    left = [
        p
        for p in psutil.process_iter(["cmdline"])
        if "654" in (p.info["cmdline"] or [])
    ]
    assert [] == left
    assert "as it was" == (written.root / "kept.txt").read_text()


@pytest.fixture(scope="module")
def outcomes(written: Project) -> dict[str, dict]:
    """Return the outcomes that the command line wrote, by id."""
    by_command(written)
    data = json.loads((written.root / "all.json").read_text("utf-8"))
    return {outcome["id"]: outcome for outcome in data}


def status(outcome: dict) -> set[str]:
    """Return the statuses of all parts of an outcome."""
    return {part["status"] for part in (*outcome["sides"], *outcome["checks"])}


@pytest.mark.parametrize("name", FAULTS)
def test_no_check_of_a_fault_passed(outcomes: dict[str, dict], name: str) -> None:
    """The side failed, the other one passed, and no check did."""
    outcome = outcomes[f"faults/{name}"]
    assert ["passed", "failed"] == [side["status"] for side in outcome["sides"]]
    assert ["failed"] == [check["status"] for check in outcome["checks"]]


@pytest.mark.parametrize("name", faults.HARMLESS)
def test_what_harms_nobody_passes(outcomes: dict[str, dict], name: str) -> None:
    """Threads, children, odd bytes and changed state are an example's own affair."""
    assert {"passed"} == status(outcomes[f"harmless/{name}"])


def test_a_neighbour_is_as_without_faults(outcomes: dict[str, dict]) -> None:
    """Folder, mode, seed and path are those of a fresh process."""
    neighbour = outcomes["good/neighbour"]
    assert {"passed"} == status(neighbour)
    assert "[] 1 None True" in "".join(neighbour["sides"][1]["outputs"])


def test_a_fault_costs_its_time_limit_at_most(outcomes: dict[str, dict]) -> None:
    """Seconds of sides and checks add up to less than the limit."""
    for outcome in outcomes.values():
        parts = (*outcome["sides"], *outcome["checks"])
        assert sum(part["seconds"] for part in parts) <= faults.SECONDS


def test_an_example_is_told_what_it_is_kept_from(outcomes: dict[str, dict]) -> None:
    """Outcomes record what the kernel kept the example from."""
    kept = {
        o["environment"]["kept_from"]
        for o in outcomes.values()
        if len(o["environment"]) > 6 and "kept_from" in o["environment"]
    }
    assert {", ".join(sandbox.ALL)} == kept


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("speed=1", "unknown limit 'speed': expected one of seconds, memory"),
        ("seconds=soon", "limit seconds: expected a whole number above 0, got 'soon'"),
    ],
)
def test_a_limit_that_is_none_is_refused(
    project: Project, limit: str, message: str
) -> None:
    """The command line names the limit and what it expected."""
    done = project.command("-m", "crosswalk", "run", f"--limit={limit}")
    assert 2 == done.returncode
    assert message in done.stderr


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc", "faults/../good"])
def test_no_name_leaves_the_examples(project: Project, name: str) -> None:
    """Names on the command line and in directives are looked up, never followed."""
    project.add()
    done = project.command("-m", "crosswalk", "run", name)
    assert 2 == done.returncode
    assert f"no comparison called {name!r}" in done.stderr
    built = build(project, page=f"# Away\n\n```{{comparison}} {name}\n```\n")
    assert 1 == built.returncode
    assert f"unknown comparison {name!r}" in built.stderr
