"""The command line says what passed, and its exit code too."""

import json

import pytest
from conftest import CHECKS, Project

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
    done = project.command(*RUN)
    assert done.returncode == 1
    assert "broken_torch.py:1: the first line must start a cell" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("sums/none",), "no comparison called 'sums/none'"),
        (("../sums",), "no comparison called '../sums'"),
        (("--examples", "nowhere"), "no folder of examples"),
        (("--device", "tpu"), "unknown device 'tpu': expected one of cpu, gpu, ascend"),
        (("--jobs", "0"), "expected at least 1, got 0"),
        (("--no-such-option",), "unrecognized arguments"),
    ],
)
def test_wrong_usage_is_two(
    project: Project, arguments: tuple[str, ...], message: str
) -> None:
    """Wrong usage exits 2, says what is wrong, and runs nothing."""
    project.add()
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
