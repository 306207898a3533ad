"""One comparison runs in one fresh process, and its faults stay its own."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from conftest import (
    CHECKS,
    MINDSPORE,
    TORCH,
    Project,
    clean_environment,
    wait_for,
)

from crosswalk.comparisons.discover import discover
from crosswalk.engine.sandbox import Limits
from crosswalk.model import Outcome
from crosswalk.report import comparison_text

FAULTS = {
    "raises": ("raise ValueError('no rate')", "ValueError: no rate"),
    "exits": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "leaves": ("import os; os._exit(3)", "its process ended: exit code 3"),
    "crashes": (
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "its process ended: killed by SIGSEGV",
    ),
    "hangs": ("import time; time.sleep(600)", "stopped after 10 s, its time limit"),
}


def test_both_sides_and_checks_pass(project: Project) -> None:
    """A passing comparison has output, figures, mode and versions."""
    project.add()
    outcome = project.run()["sums/ones"]
    assert outcome.status == "passed"
    assert outcome.side("pytorch").outputs == ("", "3.0\n")
    assert outcome.side("mindspore").stdout == "3.0\n"
    (record,) = outcome.check("same").measured
    assert record == {
        "kind": "close",
        "name": "deviation",
        "deviation": 0.0,
        "tolerance": 1e-6,
    }
    assert outcome.mode == "PyNative"
    assert outcome.environment["mindspore"] == "2.10.0"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Run a comparison for each fault, and a good one beside them."""
    project = Project(tmp_path_factory.mktemp("faulty"))
    for name, (code, _) in FAULTS.items():
        project.add(f"faults/{name}", mindspore=f"{MINDSPORE}{code}\n")
    project.add("faults/good")
    return project.run(limits=Limits(seconds=10.0))


@pytest.mark.parametrize(("name", "message"), [(n, m) for n, (_, m) in FAULTS.items()])
def test_a_fault_fails_its_own_comparison(
    faulty: dict[str, Outcome], name: str, message: str
) -> None:
    """The side failed, says how, keeps what it printed, and no check passed."""
    outcome = faulty[f"faults/{name}"]
    side = outcome.side("mindspore")
    assert side.status == "failed"
    assert message in side.failure.message
    assert outcome.side("pytorch").status == "passed"
    assert outcome.side("pytorch").stdout == "3.0\n"
    assert [check.status for check in outcome.checks] == ["failed"]


def test_a_neighbour_is_as_without_the_fault(faulty: dict[str, Outcome]) -> None:
    """A comparison beside faulty ones passes."""
    assert faulty["faults/good"].status == "passed"


def test_a_raising_side_names_its_line(project: Project) -> None:
    """The report has file and line of the fault, and no frame of the machinery."""
    project.add(mindspore=f"{MINDSPORE}raise ValueError('no rate')\n")
    outcome = project.run()["sums/ones"]
    comparison = discover(project.examples).comparisons["sums/ones"]
    text = comparison_text.failure_text(comparison, outcome, project.root)
    where = "examples/sums/ones/ones_mindspore.py:8: sums/ones#mindspore failed"
    assert where in text
    assert "ValueError: no rate" in text
    assert "child.py" not in text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("pass", "this check measured nothing"),
        ("expect.equal(1, 2)", "value: expected 1, got 2"),
        ("pytorch.missing", "has no attribute 'missing'"),
    ],
)
def test_a_check_that_proves_nothing_fails(
    project: Project, body: str, message: str
) -> None:
    """An empty check, a wrong one and one that raises all fail, with the cause."""
    head = CHECKS.rpartition("    ")[0]
    project.add(checks=f"{head}    {body}\n")
    check = project.run()["sums/ones"].check("same")
    assert check.status == "failed"
    assert message in check.failure.message


@pytest.mark.parametrize(
    ("code", "mode"),
    [
        ("ms.set_context(mode=ms.GRAPH_MODE)", "Graph"),
        ("@ms.jit\ndef more(x):\n    return x + 1\n\nmore(total)", "PyNative, @jit"),
    ],
)
def test_the_mode_is_read_from_mindspore(
    project: Project, code: str, mode: str
) -> None:
    """The outcome's mode is the one that MindSpore was in."""
    project.add(mindspore=f"{MINDSPORE}{code}\n")
    outcome = project.run()["sums/ones"]
    assert (mode, "passed") == (outcome.mode, outcome.status)


def test_a_check_that_sets_a_mode_is_about_that_mode(project: Project) -> None:
    """A check in another mode than the side's is recorded with its own."""
    body = """
    import mindspore as ms

    ms.set_context(mode=ms.GRAPH_MODE)
    expect.close(pytorch.total, ms.ops.ones(3).sum())
    ms.set_context(mode=ms.PYNATIVE_MODE)
"""
    other = CHECKS.partition("\n\n\n")[2].replace("def same", "def graph")
    other = other.rpartition("    ")[0] + body.lstrip("\n")
    project.add(checks=f"{CHECKS}\n\n{other}")
    outcome = project.run()["sums/ones"]
    assert outcome.status == "passed"
    modes = {check.name: check.mode for check in outcome.checks}
    assert modes == {"same": "PyNative", "graph": "Graph"}


def test_state_does_not_leak(project: Project) -> None:
    """Neither files nor framework settings of a comparison reach the next."""
    leak = "open('left.txt', 'w').close()\nms.set_context(mode=ms.GRAPH_MODE)\n"
    look = "import os\nprint(os.listdir(), ms.get_context('mode'))\n"
    project.add("leaks/first", mindspore=MINDSPORE + leak)
    project.add("leaks/second", mindspore=MINDSPORE + look)
    outcomes = project.run(jobs=1)
    assert outcomes["leaks/second"].side("mindspore").stdout == "3.0\n[] 1\n"


def test_many_comparisons_do_not_block_each_other(project: Project) -> None:
    """Workers that end and groups that are killed leave no lock behind."""
    for number in range(24):
        project.add(f"many/c{number}")
    outcomes = project.run(jobs=4, limits=Limits(seconds=45.0))
    assert {"passed"} == {outcome.status for outcome in outcomes.values()}


def test_processes_left_running_are_ended(project: Project) -> None:
    """A process that an example started does not outlive its comparison."""
    code = "import subprocess\nsubprocess.Popen(['sleep', '643'])\n"
    project.add(torch=f"{TORCH}{code}")
    assert project.run()["sums/ones"].status == "passed"
    running = psutil.process_iter(["cmdline"])
    assert [] == [p for p in running if ["sleep", "643"] == p.info["cmdline"]]


def test_a_killed_run_leaves_nothing_running(project: Project) -> None:
    """All that a run has started ends with it, even if it has no time to end it."""
    code = "import subprocess\nsubprocess.run(['sleep', '632'], check=True)\n"
    project.add(mindspore=MINDSPORE + code)
    command = [sys.executable, "-m", "crosswalk", "run"]
    with subprocess.Popen(
        command, cwd=project.root, env=clean_environment()
    ) as started:

        def below() -> list[psutil.Process]:
            found = psutil.Process(started.pid).children(recursive=True)
            return found if "sleep" in {p.name() for p in found} else []

        running = wait_for(below)
        started.kill()
    assert [] == psutil.wait_procs(running, timeout=10)[1]


def test_an_example_kills_nothing_above_it(project: Project) -> None:
    """The kernel drops what an example sends to the process above it."""
    project.add(torch=f"{TORCH}import os\nos.kill(os.getppid(), 9)\n")
    done = project.command("-m", "crosswalk", "run")
    assert 0 == done.returncode
    assert "sums/ones passed" in done.stdout


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("PACKAGES = ['no_such_package']", "not installed: no_such_package"),
        ("DEVICES = ['ascend']", "needs ascend, this run is on cpu"),
    ],
)
def test_what_is_missing_is_not_run_here(
    project: Project, line: str, reason: str
) -> None:
    """A missing package or device skips sides and checks, with the reason."""
    project.add(checks=f"{line}\n{CHECKS}")
    outcome = project.run()["sums/ones"]
    assert outcome.status == "skipped"
    assert {reason} == {side.reason for side in outcome.sides}
    assert outcome.check("same").status == "skipped"


@pytest.mark.parametrize("package", ["torch", "mindspore", "numpy"])
def test_an_outcome_is_of_the_packages_that_ran(
    project: Project, tmp_path: Path, package: str
) -> None:
    """Another version on PYTHONPATH is not recorded as the one that was measured."""
    project.add()
    other = tmp_path / f"{package}-99.1.dist-info"
    other.mkdir()
    (other / "METADATA").write_text(f"Name: {package}\nVersion: 99.1\n", "utf-8")
    done = project.command("-m", "crosswalk", "run", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert f"it ran on {package} " in done.stdout
    assert "expected 99.1: install that version" in done.stdout
