"""A run that is split among machines gives the store of a run that is not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Project

from crosswalk.engine import shards
from crosswalk.engine.shards import Shard, ShardError

IDS = [f"topic/c{number}" for number in range(10)]
COUNT = 3


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project whose five comparisons ran in three shards."""
    project = Project(tmp_path_factory.mktemp("sharded"))
    for number in range(5):
        project.add(f"sums/c{number}")
    for number in range(1, COUNT + 1):
        done = run(project, f"--shard={number}/{COUNT}", f"--store=s{number}")
        assert (0, "") == (done.returncode, done.stderr)
    return project


@pytest.fixture
def copy(ran: Project, tmp_path: Path) -> Project:
    """Return a copy of the stores, to be changed."""
    for number in range(1, COUNT + 1):
        shutil.copytree(ran.root / f"s{number}", tmp_path / f"s{number}")
    return Project(tmp_path)


def run(project: Project, *options: str) -> object:
    """Run comparisons by the command line."""
    return project.command("-m", "crosswalk", "run", *options)


def merge(project: Project, *stores: str, into: str = "all") -> object:
    """Merge stores by the command line."""
    return project.command("-m", "crosswalk", "merge", *stores, "--into", into)


def test_every_comparison_is_in_one_shard() -> None:
    """Shards are even, whole, without overlap, and the same in any order."""
    parts = [Shard(number, COUNT).part(IDS) for number in (1, 2, 3)]
    assert [4, 3, 3] == [len(part) for part in parts]
    assert IDS == sorted(name for part in parts for name in part)
    assert parts == [Shard(n, COUNT).part(IDS[::-1]) for n in (1, 2, 3)]


def test_after_a_merge_nothing_runs(ran: Project) -> None:
    """The merged store holds what one run would, and a run changes no byte of it."""
    done = merge(ran, "s1", "s2", "s3")
    assert (0, "5 comparisons are in all\n") == (done.returncode, done.stdout)
    merged = {path.name: path.read_bytes() for path in (ran.root / "all").iterdir()}
    assert {f"sums.c{number}.json" for number in range(5)} == set(merged)
    done = run(ran, "--store=all")
    assert 5 == done.stdout.count(" passed ")
    after = {path.name: path.read_bytes() for path in (ran.root / "all").iterdir()}
    assert merged == after


def change_record(key: str, change: Callable[[object], object]) -> Callable:
    """Return what changes ``key`` in the record of the second shard."""

    def do(project: Project) -> None:
        path = project.root / "s2" / shards.RECORD
        data = json.loads(path.read_text("utf-8"))
        data[key] = change(data[key])
        path.write_text(json.dumps(data), "utf-8")

    return do


def outcome_of_the_second(project: Project) -> Path:
    """Return the file of an outcome of the second shard."""
    return project.root / "s2" / "sums.c1.json"


DAMAGES = {
    "never ended": (
        lambda p: (p.root / "s2" / shards.RECORD).unlink(),
        "s2 is no store of a shard (shard.json: ",
    ),
    "of other shards": (
        change_record("shard", lambda _: "2/4"),
        "s1 and s2 are shards of different runs: 1/3 and 2/4",
    ),
    "other versions": (
        change_record("settings", lambda found: {**found, "numpy": "0.1"}),
        "s1 and s2 are shards of different runs: numpy 1.26.4 and 0.1",
    ),
    "other comparisons": (
        change_record("ids", lambda found: found[1:]),
        "only one of them knows 'sums/c0'",
    ),
    "twice": (
        change_record("shard", lambda _: "1/3"),
        "shard 1/3 twice: s1 and s2",
    ),
    "outcome missing": (
        lambda p: outcome_of_the_second(p).unlink(),
        "s2, shard 2/3: the outcome of 'sums/c1' is missing or damaged",
    ),
    "outcome damaged": (
        lambda p: outcome_of_the_second(p).write_text("{"),
        "s2, shard 2/3: the outcome of 'sums/c1' is missing or damaged",
    ),
}


@pytest.mark.parametrize(("damage", "message"), DAMAGES.values(), ids=DAMAGES)
def test_what_does_not_make_a_whole_is_refused(
    copy: Project, damage: Callable[[Project], object], message: str
) -> None:
    """The message names the stores and what is wrong, and nothing is copied."""
    damage(copy)
    done = merge(copy, "s1", "s2", "s3")
    assert (2, "") == (done.returncode, done.stdout)
    assert message in done.stderr
    assert not (copy.root / "all").exists()


@pytest.mark.parametrize(
    ("stores", "into", "message"),
    [
        (("s1", "s3"), "all", "missing: shard 2/3"),
        (("s3",), "all", "missing: shard 1/3, 2/3"),
        (("s1", "s2", "s3"), "s1", "s1 is one of the stores to merge"),
    ],
)
def test_a_missing_shard_is_named(
    copy: Project, stores: tuple[str, ...], into: str, message: str
) -> None:
    """Without all shards nothing is merged."""
    done = merge(copy, *stores, into=into)
    assert 2 == done.returncode
    assert message in done.stderr
    assert not (copy.root / "all").exists()


def test_pairs_are_merged_too(project: Project) -> None:
    """The pairs of the reference lie below the stores, with a record of their own."""
    name = "torch.optim.lr_scheduler.LRScheduler"
    command = ("-m", "crosswalk", "parity", name, f"--data={ROOT / 'parity'}")
    done = project.command(*command, "--shard=1/1", "--store=s1")
    assert (0, "") == (done.returncode, done.stderr)
    done = merge(project, "s1")
    assert (0, "2 pairs are in all/parity\n") == (done.returncode, done.stdout)
    assert 2 == len(list((project.root / "all" / "parity").iterdir()))


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "1/0", "a/b", "1/3/5"])
def test_a_shard_that_is_none_is_refused(text: str) -> None:
    """The message says what is expected."""
    with pytest.raises(ShardError, match=r"expected I/N with I from 1 to N, got "):
        Shard.read(text)
