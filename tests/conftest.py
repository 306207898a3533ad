"""What the tests share: small projects made of small comparisons."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from crosswalk.comparisons.discover import discover
from crosswalk.comparisons.run import PROCEDURE, comparison_cache
from crosswalk.engine.cache import Cache
from crosswalk.engine.runner import Runner
from crosswalk.engine.task import Procedure
from crosswalk.model import Outcome

ROOT = Path(__file__).parent.parent
# In seconds: how long a test waits for what another process does.
PATIENCE = 60

TORCH = """\
# %% tags=["setup"]
import torch

# %%
# the total
total = torch.ones(3).sum()
print(total.item())
"""
MINDSPORE = """\
# %% tags=["setup"]
import mindspore as ms

# %%
# the total
total = ms.ops.ones(3).sum()
print(total.item())
"""
CHECKS = '''\
from crosswalk import expect


def same(pytorch, mindspore):
    """Both frameworks give the same sum."""
    expect.close(pytorch.total, mindspore.total)
'''


@cache
def noxfile() -> ModuleType:
    """Return our noxfile; nox takes the name of a session once in a process."""
    found = ModuleType("noxfile")
    exec((ROOT / "noxfile.py").read_text("utf-8"), found.__dict__)  # noqa: S102
    return found


@dataclass(frozen=True)
class Project:
    """A folder with ``examples/``, as a user of the project has it."""

    root: Path

    @property
    def examples(self) -> Path:
        """The folder of comparisons."""
        return self.root / "examples"

    def add(
        self,
        name: str = "sums/ones",
        torch: str = TORCH,
        mindspore: str = MINDSPORE,
        checks: str = CHECKS,
    ) -> Path:
        """Write a comparison and return its folder."""
        folder = self.examples / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{folder.name}_torch.py").write_text(torch, "utf-8")
        (folder / f"{folder.name}_mindspore.py").write_text(mindspore, "utf-8")
        (folder / "checks.py").write_text(checks, "utf-8")
        return folder

    def store(self) -> Cache:
        """Return the project's store."""
        return comparison_cache(self.root / "_build" / "outcomes", self.root)

    def run(
        self, procedure: Procedure = PROCEDURE, **settings: object
    ) -> dict[str, Outcome]:
        """Run all comparisons and return their outcomes by id."""
        comparisons = discover(self.examples).comparisons.values()
        cache = Cache(self.store().folder, self.root, procedure)
        runner = Runner(cache, **{"device": "cpu", **settings})
        return {outcome.id: outcome for outcome in runner.run(comparisons)}

    def command(
        self, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess:
        """Run ``python ARGUMENTS`` in the project, as a user does."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=clean_environment(**environment),
            capture_output=True,
            text=True,
            check=False,
        )


def clean_environment(**changed: str) -> dict[str, str]:
    """Return an environment without what this test run put into it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    return {**kept, "DEVICE": "cpu", **changed}


def wait_for(condition: Callable[[], object]) -> object:
    """Return the first true value of ``condition``."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    message = f"nothing came within {PATIENCE} s"
    raise TimeoutError(message)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty project."""
    (tmp_path / "examples").mkdir()
    return Project(tmp_path)
