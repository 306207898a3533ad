"""What ``make`` does before anything is installed, on the machines that people have."""

import importlib.util
import platform
import subprocess
import sys
import urllib.error
from pathlib import Path

import pytest
from conftest import ROOT

PATH = ROOT / "tools" / "install.py"
SPEC = importlib.util.spec_from_file_location("install", PATH)
install = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(install)

PINS = ROOT / "requirements.txt"
TORCH = next(line for line in PINS.read_text().split() if line.startswith("torch=="))
EVERYTHING = ["-r", str(PINS)]
ONLY_TORCH = ["--no-deps", "--index-url", install.CPU_INDEX, TORCH]


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9)])
def test_two_versions_of_python_are_supported(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    """On Linux with glibc nothing is said of Python 3.11 and 3.12."""
    monkeypatch.setattr(sys, "version_info", version)
    assert "" == install.unsupported()


@pytest.mark.parametrize(
    ("machine", "told"),
    [
        ((sys, "version_info", (3, 13, 0)), "needs Python 3.11 or 3.12 and"),
        ((sys, "version_info", (3, 10, 4)), "needs Python 3.11 or 3.12 and"),
        ((platform, "system", lambda: "Darwin"), "runs on Linux and this is Darwin"),
        ((platform, "system", lambda: "Windows"), "use WSL 2"),
        ((platform, "libc_ver", lambda: ("", "")), "needs a Linux with glibc"),
    ],
)
def test_any_other_machine_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    tmp_path: Path,
    machine: tuple[object, str, object],
    told: str,
) -> None:
    """It says what is needed and what to install, and nothing is created."""
    monkeypatch.setattr(*machine)
    assert 1 == install.main(tmp_path / "environment", PINS)
    said = capsys.readouterr().err
    assert told in said
    assert 1 == said.count("\n") == said.count(".\n")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "driver", "reachable", "calls"),
    [
        ([], True, True, [EVERYTHING]),
        ([], False, False, [EVERYTHING]),
        ([], False, True, [ONLY_TORCH, EVERYTHING]),
        (["--pre"], False, True, [["--pre", *EVERYTHING]]),
    ],
)
def test_torch_fits_the_machine(
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    driver: bool,  # noqa: FBT001 - a case
    reachable: bool,  # noqa: FBT001 - a case
    calls: list[list[str]],
) -> None:
    """The CPU build needs no driver and its index; the user's options win."""
    monkeypatch.setattr(install, "has_driver", lambda: driver)
    monkeypatch.setattr(install, "is_reachable", lambda _: reachable)
    assert calls == install.plan(PINS, options)[0]


def test_an_index_that_refuses_is_not_reachable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A refusal, a name that is not found and a slow answer all lead to PyPI."""

    def refuse(*_: object, **__: object) -> None:
        raise urllib.error.URLError(OSError())

    monkeypatch.setattr(install.urllib.request, "urlopen", refuse)
    assert not install.is_reachable("https://127.0.0.1:9")


@pytest.mark.parametrize(
    "left",
    [
        {},
        {"pyvenv.cfg": "home = /gone\nversion = 3.1.0\n"},
        {"bin/python": ""},
    ],
    ids=["nothing", "another Python", "an interrupted setup"],
)
def test_an_interrupted_setup_is_completed(
    tmp_path: Path, left: dict[str, str]
) -> None:
    """Whatever an earlier run left, the environment has a Python with pip."""
    folder = tmp_path / "environment"
    for name, text in left.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    python = install.make_environment(folder)
    pip = [python, "-m", "pip", "--version"]
    said = subprocess.run(pip, capture_output=True, text=True, check=True).stdout
    assert f"pip {install.PIP.partition('==')[2]}" in said


def test_what_is_finished_is_not_downloaded_again(tmp_path: Path) -> None:
    """A second run takes everything from what the first one left."""
    folder, pins = tmp_path / "environment", tmp_path / "pins.txt"
    pins.write_text("iniconfig==2.3.1\n")
    command = [sys.executable, str(PATH), str(folder), str(pins)]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )
    assert "iniconfig-2.3.1" in first
    assert "Requirement already satisfied: iniconfig==2.3.1" in second


def test_a_failed_download_says_what_to_do(tmp_path: Path) -> None:
    """Pip's own message is followed by what is kept and how to go on."""
    pins = tmp_path / "pins.txt"
    pins.write_text("./missing.whl\n")
    command = [sys.executable, str(PATH), str(tmp_path / "environment"), str(pins)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 1 == done.returncode
    assert "missing.whl" in done.stderr
    assert "so the same command goes on from here." in done.stderr


def test_the_makefile_finds_a_python_that_runs(tmp_path: Path) -> None:
    """A name on PATH that only prints an error is passed over."""
    broken = tmp_path / "python3.11"
    broken.write_text("#!/bin/sh\necho 'not installed' >&2\nexit 127\n")
    broken.chmod(0o755)
    (tmp_path / "python3").symlink_to(sys.executable)
    command = ["make", "-n", "-B", "-s", "-C", ROOT, ".venv/.ready"]
    path = f"{tmp_path}:/usr/bin:/bin"
    said = subprocess.run(
        command, env={"PATH": path}, capture_output=True, text=True, check=True
    ).stdout
    assert str(broken) not in said
    assert " tools/install.py .venv requirements.txt" in said
