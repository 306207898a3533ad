"""Run the mutants of comparisons, to see if checks catch them."""

import ast
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from crosswalk.comparisons import execute, run
from crosswalk.comparisons.cells import cut_cells
from crosswalk.engine import process
from crosswalk.engine.cache import Cache
from crosswalk.engine.runner import Runner
from crosswalk.engine.task import Procedure, Task
from crosswalk.model import Comparison, Outcome, Side, Status, read
from tools.mutation.mutants import Mutant, mutants

# Time limit of a mutant: a multiple of the comparison's time, plus seconds.
TIMES, SECONDS = 10, 10.0


@dataclass(frozen=True)
class Tried:
    """A mutant and what caught it: a side, a check, a limit; "" if it survived."""

    file: str
    line: int
    kind: str
    before: str
    after: str
    caught_by: str


@dataclass(frozen=True)
class Damage:
    """Results of the mutants of one comparison; ``failure`` says why there are none."""

    id: str
    tried: tuple[Tried, ...]
    failure: str = ""
    sources: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """Return whether every mutant was tried."""
        return "failed" if self.failure else "passed"

    def tells_of(self, item: Comparison) -> bool:
        """Return whether the results belong to ``item``."""
        return self.id == item.id

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> "Damage":
        """Read the result of `to_json`; raises TypeError for anything else."""
        return read(data, cls)


def damage(
    comparisons: Iterable[Comparison], store: Path, project: Path, runner: Runner
) -> Iterator[Damage]:
    """Yield the results of each comparison's mutants, as soon as they are known.

    An interrupted run continues where it stopped: comparisons with a current result in
    ``store`` are not tried again.
    ``runner`` provides the device, the number of processes and the limits.
    """
    # This limit is for all mutants of a comparison; each also has its own.
    limits = replace(runner.limits, seconds=3600)
    yield from replace(
        runner,
        cache=Cache(store, project, PROCEDURE),
        limits=limits,
    ).run(comparisons)


def _lost(task: Task, message: str) -> Damage:
    return Damage(task.item.id, (), message)


def _damage_one(task: Task) -> Damage:
    """Run the comparison and each mutant, in processes forked from this one."""
    process.adopt()
    before = _run(task, task.item, task.limits.seconds)
    if isinstance(before, str) or before.status != "passed":
        return Damage(task.item.id, (), f"undamaged, it does not pass: {before}")
    seconds = TIMES * before.seconds + SECONDS
    checks = task.item.checks[0].path.read_text("utf-8")
    tried = [
        _try(task, side, mutant, seconds)
        for side in task.item.sides
        for mutant in mutants(side, checks)
    ]
    tried += _damage_checks(task, seconds)
    return Damage(task.item.id, tuple(tried), sources=before.sources)


def _try(task: Task, side: Side, mutant: Mutant, seconds: float) -> Tried:
    file = task.folder / side.path.name
    file.write_text(mutant.source, "utf-8")
    cells = cut_cells(file, mutant.source)
    changed = replace(side, path=file, cells=cells)
    # The changed side runs first; if it fails, the other one need not run.
    others = [s for s in task.item.sides if s is not side]
    sides = (changed, *others)
    after = _run(task, replace(task.item, sides=sides), seconds)
    before, now = (" ".join(text.split()) for text in (mutant.before, mutant.after))
    return Tried(
        side.path.name, mutant.line, mutant.kind, before, now, _caught_by(after)
    )


def _caught_by(outcome: Outcome | str) -> str:
    if isinstance(outcome, str):
        return outcome
    parts = [*outcome.sides, *outcome.checks]
    failed = next((part for part in parts if part.status == "failed"), None)
    if failed is None:
        return ""
    return f"{failed.framework} side" if hasattr(failed, "framework") else failed.name


def _damage_checks(task: Task, seconds: float) -> Iterator[Tried]:
    """Empty all checks, then negate all of them; each must fail."""
    comparison = task.item
    file = task.folder / comparison.checks[0].path.name
    source = comparison.checks[0].path.read_text("utf-8")
    names = {check.name for check in comparison.checks}
    for kind, change in (("emptied", _emptied), ("negated", _negated)):
        tree = ast.parse(source)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name in names:
                node.body = [node.body[0], *change(node.body[1:])]
        file.write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
        checks = tuple(replace(check, path=file) for check in comparison.checks)
        changed = replace(comparison, checks=checks)
        after = _run(task, changed, seconds, to_first_failure=False)
        for check in checks:
            noticed = isinstance(after, str) or after.check(check.name).failure
            caught_by = check.name if noticed else ""
            yield Tried(file.name, check.line, kind, check.name, "", caught_by)


def _emptied(_: list[ast.stmt]) -> list[ast.stmt]:
    return [ast.Pass()]


def _negated(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return a body that fails where the original would pass."""
    text = "try:\n    pass\nexcept AssertionError:\n    pass\nelse:\n    assert False"
    (wrapped,) = ast.parse(text).body
    wrapped.body = body
    return [wrapped]


def _run(
    task: Task,
    comparison: Comparison,
    seconds: float,
    *,
    to_first_failure: bool = True,
) -> Outcome | str:
    """Run ``comparison`` in a new process and folder; return its outcome or error."""
    folder = task.folder / "mutant"
    folder.mkdir()
    # The changed files are next to its folder, not in the examples.
    changed = replace(task, item=comparison, folder=folder, reads=(task.folder,))

    def observe(_: tuple[str, ...]) -> bytes:
        outcome = execute.run(changed, to_first_failure=to_first_failure)
        return json.dumps(outcome.to_json()).encode()

    try:
        return Outcome.from_json(json.loads(process.run(observe, seconds=seconds)))
    except (process.LostError, ValueError, TypeError) as error:
        return str(error).splitlines()[-1]
    finally:
        process.end_all()
        shutil.rmtree(folder, ignore_errors=True)


CODE = (*run.PROCEDURE.code, str(Path(__file__).parent))
PROCEDURE = Procedure(_damage_one, _lost, Damage.from_json, CODE)
