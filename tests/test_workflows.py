"""What runs on the host of the project has few rights and is pinned."""

import re
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

WORKFLOWS = sorted(Path(ROOT, ".github", "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40}")


def read(path: Path) -> dict:
    """Return a workflow; YAML reads the key ``on`` as true."""
    data = yaml.safe_load(path.read_text("utf-8"))
    return {("on" if key is True else key): value for key, value in data.items()}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_digest(path: Path) -> None:
    """A tag can be moved to other code; the digest of a commit cannot."""
    jobs = read(path)["jobs"].values()
    used = [s["uses"] for job in jobs for s in job["steps"] if "uses" in s]
    assert used
    assert [] == [name for name in used if not PINNED.fullmatch(name)]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_and_no_more(path: Path) -> None:
    """Only the job that publishes may write, to the pages, and never for a fork."""
    workflow = read(path)
    assert {"contents": "read"} == workflow["permissions"]
    assert "pull_request_target" not in workflow["on"]
    for name, job in workflow["jobs"].items():
        rights = {"pages": "write", "id-token": "write"} if name == "publish" else None
        assert rights == job.get("permissions")
        if rights:
            assert "github.ref == 'refs/heads/main'" == job["if"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_fork_is_built_without_secrets(path: Path) -> None:
    """No workflow names a secret, and a checkout leaves no token behind."""
    assert "secrets." not in path.read_text("utf-8")
    for job in read(path)["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False


def test_updates_are_proposed() -> None:
    """Dependencies and actions are looked after, by proposal."""
    data = yaml.safe_load(Path(ROOT, ".github", "dependabot.yml").read_text("utf-8"))
    kinds = {update["package-ecosystem"] for update in data["updates"]}
    assert {"pip", "github-actions"} == kinds
