"""Which Chromium the tests run in."""

from pathlib import Path

import pytest

from browser.served import NAMES, find_chromium


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program on an otherwise empty PATH, named as Debian names Chromium."""
    program = tmp_path / NAMES[0]
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return program


def test_a_known_name_is_looked_for(program: Path) -> None:
    """Without CHROMIUM, the first known name on PATH is taken."""
    assert str(program) == find_chromium()


def test_no_chromium_is_no_error(program: Path) -> None:
    """Without CHROMIUM and without a known name, there is none: tests skip."""
    program.unlink()
    assert None is find_chromium()


@pytest.mark.parametrize("given", ["my-browser", "{folder}/my-browser"])
def test_chromium_is_a_name_or_a_path(
    program: Path, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CHROMIUM may be a path, or a name on PATH; a browser is started by path."""
    other = program.rename(program.with_name("my-browser"))
    monkeypatch.setenv("CHROMIUM", given.format(folder=program.parent))
    assert str(other) == find_chromium()


@pytest.mark.usefixtures("program")
def test_a_wrong_chromium_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A CHROMIUM that is not there fails; it does not skip."""
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    with pytest.raises(FileNotFoundError, match="no-such-browser"):
        find_chromium()
