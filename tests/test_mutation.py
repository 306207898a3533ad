"""Damage is made, tried and recorded; what is noticed is told apart from the rest."""

from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages import Catalog
from conftest import MINDSPORE, ROOT, TORCH, Project

from crosswalk.comparisons.discover import discover, read_comparison
from crosswalk.engine.runner import Runner
from tools.mutation import record
from tools.mutation.damage import Tried, damage
from tools.mutation.mutants import mutants
from tools.mutation.page import REASONS
from tools.mutation.texts import damage_texts

CHANGES = {
    "x = 3": [("number", "3", "4")],
    "x = 0.5": [("number", "0.5", "1.0")],
    "x = 1e-8": [("number", "1e-8", "0.1")],
    "x = True": [("flag", "True", "False")],
    "x = (a) + b": [("operator", "+", "-")],
    "x = -a": [("operator", "-a", "a")],
    "x = a in b": [("operator", "in", "not in")],
    "x = a and b": [("operator", "and", "or")],
    "x = f(a, k=b)": [
        ("argument", "a, ", ""),
        ("argument", ", k=b", ""),
        ("call", "f(a, k=b)", "a"),
    ],
    "x = a.f()": [("call", "a.f()", "a")],
    "x = torch.f()": [("call", "torch.f()", "None")],
    "x = a.numpy(force=True)": [],
    "print(a + 1)": [],
    "y = a + 1\nprint(y)": [],
    'x = f"{a + 1}"': [],
}


def side_of(project: Project, snippet: str, checks: str = "pytorch.x") -> list:
    """Return the mutants of a PyTorch side that shows ``snippet``."""
    setup = '# %% tags=["setup"]\nsetup = 1 + 1\n\n# %%\n'
    folder = project.add(torch=f"{setup}{snippet}\n")
    side = read_comparison(folder).side("pytorch")
    return list(mutants(side, checks))


@pytest.mark.parametrize("snippet", CHANGES)
def test_each_place_of_a_snippet_is_changed(project: Project, snippet: str) -> None:
    """What is shown is changed one place at a time, except what only prints."""
    found = side_of(project, snippet)
    assert CHANGES[snippet] == [(m.kind, m.before, m.after) for m in found]


def test_what_a_check_asks_for_is_changed(project: Project) -> None:
    """A value that a check reads is changed, though the side only prints it."""
    (found,) = side_of(project, "y = a + 1\nprint(y)", 'getattr(pytorch, "y")')[:1]
    assert ("operator", "+", "-") == (found.kind, found.before, found.after)


CHECKS = '''\
from crosswalk import expect


def same(pytorch, mindspore):
    """Both are the same."""
    expect.close(pytorch.total, mindspore.total)


def weak(pytorch, mindspore):
    """It is a number."""
    expect.apart(-1e9, pytorch.total, at_least=0)
'''


def damage_all(project: Project, **settings: object) -> dict[str, record.Record]:
    """Return what damaging the project's comparisons gave, by id."""
    found = discover(project.examples).comparisons.values()
    runner = Runner(project.store(), **settings)
    store = project.root / "_build" / "mutants"
    return {d.id: d for d in damage(found, store, project.root, runner)}


def test_damage_is_noticed_or_told(project: Project) -> None:
    """Mutants that change a checked value are caught, others are listed."""
    torch = TORCH.rstrip() + "\nother = []\nother.append(2)\n"
    project.add(torch=torch, mindspore=MINDSPORE, checks=CHECKS)
    (found,) = damage_all(project).values()
    assert ("passed", "") == (found.status, found.failure)
    left = [one for one in found.tried if not one.caught_by]
    changes = [("call", "other.append(2)", "other"), ("number", "2", "3")]
    assert changes == [(one.kind, one.before, one.after) for one in left]
    caught = {one.caught_by for one in found.tried}
    assert {"", "same", "pytorch side", "mindspore side"} <= caught
    kinds = [one.kind for one in found.tried if one.file == "checks.py"]
    assert ["emptied", "emptied", "negated", "negated"] == kinds


def test_damage_goes_on_where_it_stopped(project: Project) -> None:
    """What was tried is not tried again, until the comparison changes."""
    folder = project.add()
    first = damage_all(project)
    stored = next((project.root / "_build" / "mutants").iterdir())
    before = stored.stat().st_mtime_ns
    assert first == damage_all(project)
    assert before == stored.stat().st_mtime_ns
    checks = folder / "checks.py"
    checks.write_text(checks.read_text("utf-8") + "\n", "utf-8")
    damage_all(project)
    assert before != stored.stat().st_mtime_ns


def test_what_fails_is_not_damaged(project: Project) -> None:
    """A comparison that does not pass undamaged is a failure, not a score."""
    project.add(torch='# %%\nraise ValueError("no")\n')
    (found,) = damage_all(project).values()
    assert "failed" == found.status
    assert "undamaged" in found.failure
    assert () == found.tried


BADGED = "Rates fall by `gamma` 3 times. {check}`a/b#c`"
BADGED_ZH = "学习率按 `gamma` 下降 3 次。 {check}`a/b#c`"


def texts(places: int, *others: str) -> list[Tried]:
    """Return the damages of one paragraph that stands in some places."""
    template, known = Catalog(), Catalog()
    template.add(BADGED, locations=[("page.md", n) for n in range(places)])
    known.add(BADGED, BADGED_ZH)
    for other in ("{check}`a/b#d`", *others):
        template.add(other)
        known.add(other, other)
    return [one for one in damage_texts(template, known) if one.file == BADGED]


@pytest.mark.parametrize("places", [1, 2])
def test_texts_are_damaged(places: int) -> None:
    """A number, a name and each badge are changed, and the catalogue notices."""
    found = texts(places)
    kinds = ["badge", "translated name", "translated number", "badge"]
    assert kinds == [one.kind for one in found]
    assert ["the catalogue's gate"] * 4 == [one.caught_by for one in found]


@pytest.mark.parametrize(("places", "caught"), [(1, True), (2, False)])
def test_a_paragraph_that_is_known_hides_a_badge(places: int, *, caught: bool) -> None:
    """A wrong badge goes unnoticed where both paragraphs stand elsewhere, too."""
    found = texts(places, BADGED.replace("#c", "#d"))
    assert caught == bool(found[-1].caught_by)


TRIED = (
    Tried("a_torch.py", 3, "number", "1", "2", ""),
    Tried("a_torch.py", 4, "call", "f(x)", "x", "same"),
)


def test_a_record_is_read_back(tmp_path: Path) -> None:
    """Records survive their files, and a reason survives the next run."""
    known = record.Record().with_item("a/b", "0123", TRIED)
    reasoned = replace(known.survivors[0], reason="rounded away")
    record.write(replace(known, survivors=(reasoned,)), tmp_path)
    again = record.read(tmp_path).with_item("a/b", "4567", TRIED)
    assert (reasoned,) == again.survivors
    assert (1, 0) == again.score()["number"]
    assert (1, 1) == again.score()["call"]
    assert {"a/b": "4567"} == again.digests
    assert record.Record() == again.only(["c/d"])


def test_a_changed_comparison_is_told(project: Project) -> None:
    """A comparison that changed since it was damaged is named."""
    folder = project.add()
    found = discover(project.examples).comparisons
    digest = record.digest(found["sums/ones"])
    known = record.Record().with_item("sums/ones", digest, TRIED)
    assert [] == known.changed(found)
    (folder / "checks.py").write_text("", "utf-8")
    assert ["sums/ones"] == known.changed(found)


def test_the_goal_is_reached() -> None:
    """95 % of the recorded damages are noticed; a reason is a translated one."""
    known = record.read(ROOT)
    tried, caught = map(sum, zip(*known.score().values(), strict=True))
    assert caught >= 0.95 * tried > 0
    reasons = {survivor.reason for survivor in known.survivors}
    assert set() == reasons - {"", *map(str, REASONS)}


def test_only_what_there_is_is_recorded() -> None:
    """No record outlives its comparison."""
    comparisons = discover(ROOT / "examples").comparisons
    known = record.read(ROOT)
    assert known == known.only([*comparisons, record.TEXTS])
