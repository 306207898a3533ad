"""The command line says what passed, and its exit code too."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHECKS, ROOT, Project

from crosswalk.cli.main import main
from crosswalk.engine.pool import ExecutorError
from crosswalk.engine.runner import Runner
from crosswalk.model import Outcome

RUN = ("-m", "crosswalk", "run")


def test_list_prints_comparisons_and_checks(project: Project) -> None:
    """Each comparison stands on a line, its checks below it."""
    project.add()
    done = project.command("-m", "crosswalk", "list")
    expected = (0, "sums/ones\n  sums/ones#same\n")
    assert expected == (done.returncode, done.stdout)


def test_all_passed_is_zero(project: Project) -> None:
    """A passing run exits 0 and writes the outcomes where it is told."""
    project.add()
    done = project.command(*RUN, "--json", "out.json", "--store", "kept")
    assert (done.returncode, done.stderr) == (0, "")
    (outcome,) = json.loads((project.root / "out.json").read_text("utf-8"))
    assert outcome["id"] == "sums/ones"
    assert (project.root / "kept" / "sums.ones.json").exists()


def test_a_failure_is_one(project: Project) -> None:
    """A failed check exits 1 and prints place, expected and got."""
    project.add(checks=CHECKS.replace("mindspore.total)", "2.0)"))
    done = project.command(*RUN)
    assert done.returncode == 1
    assert "examples/sums/ones/checks.py:6: sums/ones#same failed" in done.stdout
    assert "at most 1e-06, got 0.333333" in done.stdout
    assert "python -m crosswalk run sums/ones --fresh" in done.stdout


def test_a_broken_comparison_is_one(project: Project) -> None:
    """A comparison that cannot be read exits 1 and is named."""
    project.add()
    project.add("sums/broken", torch="x = 1\n")
    message = "broken_torch.py:1: the first line must start a cell"
    done = project.command(*RUN)
    assert done.returncode == 1
    assert message in done.stderr
    done = project.command(*RUN, "sums/broken")
    assert done.returncode == 1
    assert message in done.stderr
    assert "no comparison called" not in done.stderr
    done = project.command(*RUN, "sums/ones")
    assert done.returncode == 0
    assert "note: folders that cannot be read: 1;" in done.stderr


@pytest.mark.parametrize(
    "name", ["sums/ones/", "examples/sums/ones", "./examples/sums/ones/ones_torch.py"]
)
def test_a_path_names_its_comparison(project: Project, name: str) -> None:
    """What a shell completes is taken for the id that it leads to."""
    project.add()
    done = project.command("-m", "crosswalk", "list", name)
    assert (0, "sums/ones\n  sums/ones#same\n") == (done.returncode, done.stdout)


@pytest.mark.parametrize(
    ("error", "code"), [(ExecutorError("it is gone"), 2), (KeyboardInterrupt(), 130)]
)
def test_the_report_is_written_however_a_run_ends(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
) -> None:
    """What has run is in the report, also when the rest is lost."""
    project.add()
    project.add("sums/twos")

    def run(self: Runner, items: list, *, fresh: bool) -> Iterator[Outcome]:
        del self, fresh
        yield Outcome(items[0].id, {}, "", (), ())
        raise error

    monkeypatch.chdir(project.root)
    monkeypatch.setattr(Runner, "run", run)
    assert code == main(["run", "--json", "out.json"])
    (outcome,) = json.loads((project.root / "out.json").read_text("utf-8"))
    assert "sums/ones" == outcome["id"]


def test_the_console_script_is_the_same_program(project: Project) -> None:
    """``crosswalk`` prints and exits as ``python -m crosswalk`` does."""
    project.add()
    script = Path(sys.executable).parent / "crosswalk"
    for arguments in (["list"], ["list", "sums/none"], ["run", "--jobs", "two"]):
        done = subprocess.run(
            [script, *arguments],
            cwd=project.root,
            capture_output=True,
            text=True,
            check=False,
        )
        other = project.command("-m", "crosswalk", *arguments)
        found = (done.returncode, done.stdout, done.stderr)
        assert found == (other.returncode, other.stdout, other.stderr)


DATA = str(ROOT / "parity")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("torch.optim.Sgd", "--data", DATA), "did you mean 'torch.optim.SGD'?"),
        (("--data", "nowhere"), "expected a folder with data files"),
        (("--store", "file", "--data", DATA), "expected a folder, found the file"),
        (
            ("torch.optim.SGD", "--setting", "matchd", "--data", DATA),
            "has a setting 'matchd'",
        ),
    ],
)
def test_wrong_usage_of_parity_is_two(
    project: Project, arguments: tuple[str, ...], message: str
) -> None:
    """It says what is near in a line or two, and measures nothing."""
    (project.root / "file").touch()
    done = project.command("-m", "crosswalk", "parity", *arguments)
    assert 2 == done.returncode
    assert message in done.stderr
    assert len(done.stderr) < 500


def test_a_data_file_that_fails_is_named_with_its_line(project: Project) -> None:
    """The message has the place in the file that the error came from."""
    data = project.root / "parity"
    data.mkdir()
    (data / "sgd.py").write_text("x = 1\ny = 1 / 0\n", "utf-8")
    done = project.command("-m", "crosswalk", "parity")
    assert 2 == done.returncode
    assert f"{data / 'sgd.py'}:2: expected SUBJECT = Subject(...)" in done.stderr


OTHERS = {
    "merge": (("crosswalk", "merge", "a", "--into", "file"), "--into file: expected a"),
    "no shard": (
        ("crosswalk", "merge", "a", "--into", "b"),
        "a is no store of a shard",
    ),
    "mutation": (("tools.mutation", "sums/one"), "did you mean 'sums/ones'?"),
    "template": (("tools.mutation", "--template", "x.pot"), "x.pot: No such file"),
    "no template": (
        ("crosswalk.website.catalogue",),
        "arguments are required: template",
    ),
    "no catalogue": (("crosswalk.website.catalogue", "x.pot"), "x.pot: No such file"),
    "serve": (
        ("crosswalk.website.serve", "nowhere", "8000", "true"),
        "'make html' builds it",
    ),
    "port": (
        ("crosswalk.website.serve", "empty", "99999", "true"),
        "expected a port from 1",
    ),
    "root": (("crosswalk.website.root", "empty"), "'make html' builds both languages"),
    "version": (("crosswalk.versions", "report"), "no record on cpu in"),
}


@pytest.mark.parametrize(("command", "message"), OTHERS.values(), ids=OTHERS)
def test_every_other_program_says_what_is_wrong(
    project: Project, command: tuple[str, ...], message: str
) -> None:
    """Exit code 2 and a sentence; no traceback."""
    project.add()
    (project.root / "file").touch()
    (project.root / "empty").mkdir()
    # Make starts those of tools/ in the folder of the project.
    done = project.command("-m", *command, PYTHONPATH=str(ROOT))
    assert 2 == done.returncode
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sums/none",), "no comparison called 'sums/none'"),
        (("../sums",), "no comparison called '../sums'"),
        (("--examples", "nowhere"), "no folder of examples"),
        (("--device", "tpu"), "unknown device 'tpu': expected one of cpu, gpu, ascend"),
        (("--jobs", "0"), "expected a whole number of at least 1, got '0'"),
        (("--jobs", "two"), "expected a whole number of at least 1, got 'two'"),
        (("--no-such-option",), "unrecognized arguments"),
        (("sums/one",), "did you mean 'sums/ones'?"),
        (("Ones",), "did you mean 'sums/ones'?"),
        (("sums",), "'sums' is a topic: name one of sums/ones"),
        (("sums/ones#same",), "checks run with their comparison: name 'sums/ones'"),
        (("examples/sums/two/",), "no comparison called 'examples/sums/two/'"),
        (("--json", "missing/x.json"), "expected an existing folder, found none at"),
        (("--json", "examples"), "expected the name of a file, found the folder"),
        (("--store", "file"), "--store file: expected a folder, found the file"),
        (("--store", "file/kept"), "expected a folder, found the file"),
        (("--examples", "file"), "expected a folder, found a file"),
        (("--examples", "empty"), "expected folders <topic>/<name>/"),
        (("--shard", "3/2"), "expected I/N with I from 1 to N, got '3/2'"),
        (("--limit", "seconds"), "expected a whole number above 0, got ''"),
        (("--executor", "cloud"), "unknown executor 'cloud': expected local, dask"),
    ],
)
def test_wrong_usage_is_two(
    project: Project, arguments: tuple[str, ...], message: str
) -> None:
    """Wrong usage exits 2, says what is wrong, and runs nothing."""
    project.add()
    (project.root / "file").touch()
    (project.root / "empty").mkdir()
    done = project.command(*RUN, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (project.root / "_build").exists()


@pytest.mark.parametrize("device", ["gpu", "ascend"])
def test_a_device_that_is_not_there_is_named(project: Project, device: str) -> None:
    """Asking for a device that neither framework finds says what there is."""
    project.add()
    done = project.command(*RUN, DEVICE=device)
    if done.returncode == 0:
        pytest.skip(f"this machine has the device {device}")
    assert done.returncode == 2
    assert f"device {device!r} was asked for and is not there" in done.stderr
    assert "What is there: 'cpu'" in done.stderr
