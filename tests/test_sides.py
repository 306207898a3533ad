"""Each side is a program of its own: alone it prints what the page shows."""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from fresh_process import run_alone

from crosswalk.comparisons.discover import discover
from crosswalk.comparisons.run import comparison_runner
from crosswalk.engine.pool import PRELOAD
from crosswalk.model import Framework

COMPARISONS = discover(ROOT / "examples").comparisons
SIDES = [
    (name, side.framework, side.path)
    for name, comparison in COMPARISONS.items()
    for side in comparison.sides
]


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
    runner = comparison_runner(ROOT / "_build" / "outcomes", ROOT)
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
