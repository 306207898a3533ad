"""The device is the one asked for, or the error says what is there."""

from dataclasses import replace

import pytest
from conftest import Project

from crosswalk.comparisons import execute
from crosswalk.comparisons.run import PROCEDURE
from crosswalk.engine import device
from crosswalk.model import Outcome


def test_the_device_comes_from_the_argument_then_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An argument wins over ``$DEVICE``, and CPU is what is left."""
    monkeypatch.setenv("DEVICE", "ascend")
    assert [device.requested("gpu"), device.requested()] == ["gpu", "ascend"]
    monkeypatch.delenv("DEVICE")
    assert device.requested() == "cpu"


def test_an_unknown_device_is_refused() -> None:
    """The error names the devices that exist."""
    with pytest.raises(device.DeviceError, match="'tpu': expected one of cpu, gpu"):
        device.requested("tpu")


def test_one_framework_with_the_device_is_enough() -> None:
    """A run is refused only where neither framework finds the device."""
    device.require("gpu", {"pytorch": "", "mindspore": "no GPU"})
    with pytest.raises(device.DeviceError, match="pytorch: no CUDA; mindspore: no GPU"):
        device.require("gpu", {"pytorch": "no CUDA", "mindspore": "no GPU"})


def run_without_mindspore(task: execute.Task) -> Outcome:
    """Run a comparison where MindSpore does not find the device."""
    reasons = {"pytorch": "", "mindspore": "no such device"}
    return execute.run(replace(task, reasons=reasons))


def test_a_side_without_its_device_is_not_run(project: Project) -> None:
    """The other side runs; checks, which need both, are not passed."""
    project.add()
    outcome = project.run(procedure=replace(PROCEDURE, run=run_without_mindspore))[
        "sums/ones"
    ]
    assert outcome.side("pytorch").status == "passed"
    side = outcome.side("mindspore")
    assert (side.status, side.reason) == ("skipped", "no such device")
    (check,) = outcome.checks
    assert check.status == "skipped"
    assert check.reason == "the mindspore side skipped: no such device"
