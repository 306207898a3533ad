"""Nothing is lost or half-written: what was cut short is made again."""

import fcntl
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CHECKS, Project, clean_environment
from small_site import CATALOGUE, PAGE, build, prepare, read_page, run

MOMENTS = {
    "an outcome is stored": "_build/outcomes/*.json",
    "the pages are read": "out-en/.doctrees/environment.pickle",
    "a page is written": "out-en/index.html",
    "the index is written": "out-en/searchindex.js",
}
LONG_AGO = 10**9


def words(project: Project, language: str = "en") -> str:
    """Return the text of the built page without what differs between two runs."""
    text = read_page(project, language).get_text(" ", strip=True)
    return re.sub(r"\d+\.\d+ s\b|\b0\.\d\d\b", "", text)


@pytest.mark.parametrize("pattern", MOMENTS.values(), ids=MOMENTS)
def test_a_killed_build_is_made_good_by_the_next(
    project: Project, pattern: str
) -> None:
    """Whenever it is killed, the next build shows what an undisturbed one shows."""
    project.add()
    command = prepare(project)
    with subprocess.Popen(
        command,
        cwd=project.root,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as building:
        while building.poll() is None and not any(project.root.glob(pattern)):
            time.sleep(0.002)
        building.kill()
    done = run(project, command)
    assert done.returncode == 0, done.stderr
    seen = words(project)
    (project.root / "out-en").rename(project.root / "aside")
    assert build(project).returncode == 0
    assert seen == words(project)


def test_a_page_cut_short_by_a_kill_is_written_again(project: Project) -> None:
    """A half-written page that looks newer than its source is not believed."""
    project.add()
    assert build(project).returncode == 0
    whole = words(project)
    page = project.root / "out-en" / "index.html"
    page.write_text(page.read_text("utf-8")[:2000], "utf-8")
    # A killed build leaves no stamp.
    (project.root / "out-en" / ".doctrees" / "complete").unlink()
    assert build(project).returncode == 0
    assert whole == words(project)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_whole_build_is_gone_on_from(project: Project, language: str) -> None:
    """Where nothing has changed nothing is read; a changed template is noticed."""
    project.add()
    template = project.root / "docs" / "templates" / "layout.html"
    template.parent.mkdir(parents=True)
    template.write_text('{% extends "!layout.html" %}')
    conf = 'templates_path = ["docs/templates"]\n'
    assert build(project, language=language, conf=conf).returncode == 0
    done = build(project, language=language, conf=conf)
    assert "0 added, 0 changed, 0 removed" in done.stdout
    template.write_text('{% extends "!layout.html" %}{# other #}')
    done = build(project, language=language, conf=conf)
    assert "1 added, 0 changed, 0 removed" in done.stdout


def test_two_builds_at_once_are_refused(project: Project) -> None:
    """The second one says which folder is in use, and the first goes on."""
    project.add()
    folder = project.root / "out-en" / ".doctrees"
    folder.mkdir(parents=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = build(project)
    assert done.returncode != 0
    assert "another build is at work in" in done.stderr
    assert build(project).returncode == 0


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_clock_that_went_back_hides_no_change(
    project: Project, language: str
) -> None:
    """A page and a translation are read again though they look older than before."""
    project.add()
    assert build(project, language=language).returncode == 0
    path = project.root / "docs" / "index.md"
    path.write_text(PAGE.replace("Both sums are", "Sums are"), "utf-8")
    messages = project.root / "docs/locale/zh_CN/LC_MESSAGES/crosswalk.po"
    messages.write_text(CATALOGUE.replace("总和", "合计"), "utf-8")
    for changed in (path, messages):
        os.utime(changed, (LONG_AGO, LONG_AGO))
    command = [*prepare_nothing(), f"out-{language}", "-D", f"language={language}"]
    assert run(project, command).returncode == 0
    text = words(project, language)
    assert "Sums are the same" in text
    assert ("# 合计" in text) == (language == "zh_CN")


def prepare_nothing() -> list[str]:
    """Return the start of a build's command, without touching any file."""
    return [sys.executable, "-m", "sphinx", "-W", "-n", "-c", ".", "docs"]


def test_another_path_of_the_checkout_changes_nothing(project: Project) -> None:
    """A moved project builds the same page from the stored outcomes."""
    project.add()
    assert build(project).returncode == 0
    outcome = next((project.root / "_build" / "outcomes").glob("*.json"))
    before, seen = outcome.read_bytes(), words(project)
    moved = Project(project.root.with_name("moved"))
    project.root.rename(moved.root)
    assert build(moved).returncode == 0
    assert seen == words(moved)
    kept = moved.root / outcome.relative_to(project.root)
    assert before == kept.read_bytes()


def test_another_user_changes_nothing(project: Project, tmp_path: Path) -> None:
    """Another name, home folder and umask find the stored outcome and may use it."""
    folder = project.add()
    assert project.command("-m", "crosswalk", "run").returncode == 0
    outcome = next((project.root / "_build" / "outcomes").glob("*.json"))
    before = outcome.read_bytes()
    someone = {"USER": "someone", "LOGNAME": "someone", "HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "crosswalk", "run"]
    options = {"cwd": project.root, "env": clean_environment(**someone), "umask": 0o77}
    assert 0 == subprocess.run(command, **options, check=False).returncode
    assert before == outcome.read_bytes()
    (folder / "checks.py").write_text(f"{CHECKS}\n", "utf-8")
    assert 0 == subprocess.run(command, **options, check=False).returncode
    assert before != outcome.read_bytes()


def full() -> None:
    """Let every file end at 1 KiB, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


@pytest.mark.parametrize("front", ["command", "build", "pytest"])
def test_a_full_disk_is_told_and_nothing_half_is_kept(
    project: Project, front: str
) -> None:
    """Each front end names the file; no outcome and no temporary file is left."""
    project.add()
    commands = {
        "command": [sys.executable, "-m", "crosswalk", "run"],
        "build": prepare(project),
        "pytest": [sys.executable, "-m", "pytest", "--rootdir", ".", "examples"],
    }
    done = run(project, commands[front], preexec_fn=full)
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "cannot keep the outcome of 'sums/ones' in" in said
    # Sphinx shows a traceback of every error of an extension.
    assert ("Traceback" in said) == (front == "build")
    left = list(Path(project.root, "_build", "outcomes").glob("*"))
    assert [] == left
    assert build(project).returncode == 0


def test_a_full_disk_is_told_by_a_build_in_another_language(project: Project) -> None:
    """It is the first to write, and names the file; the next build is whole."""
    project.add()
    done = run(project, prepare(project, language="zh_CN"), preexec_fn=full)
    assert done.returncode != 0
    assert "cannot keep the words of the interface in" in done.stderr
    assert [] == list(project.root.glob("out-zh_CN/**/*.tmp"))
    assert build(project, language="zh_CN").returncode == 0
