"""Each side is a program of its own: alone it prints what the page shows."""

import contextlib
import io
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import ROOT

from crosswalk.discover import discover
from crosswalk.executors import PRELOAD
from crosswalk.expect import normalise
from crosswalk.model import Framework
from crosswalk.runner import Runner
from crosswalk.store import Store

COMPARISONS = discover(ROOT / "examples").comparisons
SIDES = [
    (name, side.framework, side.path)
    for name, comparison in COMPARISONS.items()
    for side in comparison.sides
]


def run_alone(path: Path) -> str:
    """Run a side as the main program of a fresh process, in an empty folder."""
    # As the runner does: with threads that spin, this takes three times as long.
    os.environ["MS_DEV_HOST_BLOCKING_RUN"] = "1"
    output = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.argv = [str(path)]
        with contextlib.redirect_stdout(output):
            runpy.run_path(str(path), run_name="__main__")
        os.chdir("/")
    return normalise(output.getvalue())


@pytest.fixture(scope="module")
def alone() -> dict[Path, str]:
    """Return what every side prints when it runs alone."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    with context.Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        paths = [path for _, _, path in SIDES]
        return dict(zip(paths, pool.map(run_alone, paths, chunksize=1), strict=True))


@pytest.mark.parametrize(
    ("name", "framework", "path"), SIDES, ids=[path.stem for _, _, path in SIDES]
)
def test_a_side_prints_alone_what_the_page_shows(
    alone: dict[Path, str], name: str, framework: Framework, path: Path
) -> None:
    """Neither the other side nor the runner changes what a side prints."""
    runner = Runner(Store(ROOT / "_build" / "outcomes", ROOT))
    (outcome,) = runner.run([COMPARISONS[name]])
    assert alone[path] == outcome.side(framework).stdout


@pytest.mark.parametrize("suffix", ["torch", "mindspore"])
def test_a_side_is_a_script(tmp_path: Path, suffix: str) -> None:
    """``python x_torch.py`` works in an empty folder, with nothing of ours there."""
    name = f"assign_rate_{suffix}.py"
    side = ROOT / "examples" / "learning_rate" / "assign_rate" / name
    script = tmp_path / name
    script.write_bytes(side.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("0.1\n0.01\n")
