"""Run everything that a record lacks in this environment, and save it step by step."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from crosswalk.comparisons import run as compared
from crosswalk.comparisons.discover import discover
from crosswalk.comparisons.warned import cut
from crosswalk.engine import storage
from crosswalk.engine.cache import read_entry
from crosswalk.expect import normalise
from crosswalk.model import Comparison, Failure, Outcome
from crosswalk.parity import load, measure, verdicts
from crosswalk.parity.measurement import PairOutcome
from crosswalk.parity.model import Pair
from crosswalk.project import EXAMPLES, PAIRS
from crosswalk.versions import installed, snapshot
from crosswalk.versions.snapshot import (
    Record,
    SeenCheck,
    SeenComparison,
    SeenPair,
    SeenSide,
)

LINE = re.compile(r'", line \d+')


def run(project: Path, device: str, *, fresh: bool = False) -> Iterator[str]:
    """Update the record of this environment; yield each line of progress.

    An interrupted run continues where it stopped: unless ``fresh``, only changed items
    run again.
    Raises DeviceError if the device is missing, SubjectError for unreadable data, and
    RecordError for a file that is not a record.
    """
    comparisons = discover(project / EXAMPLES).comparisons
    pairs = load.pairs(load.read(project / PAIRS))
    runner = compared.comparison_runner(_store(project), project, device=device)
    known = _known(project, runner.settings(), fresh=fresh)
    known = known.only(comparisons, pairs)
    left = [c for c in comparisons.values() if not is_current(c, known, project)]
    for outcome in runner.run(left, fresh=True):
        seen = of_comparison(comparisons[outcome.id], outcome, project)
        known = known.with_comparison(outcome.id, seen)
        snapshot.write(known, project)
        yield f"{outcome.id}: {outcome.status}"
    waiting = [p for p in pairs.values() if not is_measured(p, known, project)]
    pair_runner = measure.runner(_store(project), project, device)
    for outcome in pair_runner.run(measure.items(waiting), fresh=True):
        seen = of_pair(pairs[outcome.id], outcome, project)
        known = known.with_pair(outcome.id, seen)
        snapshot.write(known, project)
        yield f"{outcome.id}: {seen.verdict or seen.failure or 'no counterpart'}"
    known = _with_apis(known, project, pairs)
    snapshot.write(known, project)
    yield f"{snapshot.path_of(project, known.environment)}: {len(known.apis)} names"


def is_current(comparison: Comparison, known: Record, project: Path) -> bool:
    """Return whether a record's result belongs to a comparison as it is now."""
    seen = known.comparisons.get(comparison.id)
    return bool(seen) and seen.sources == sources(comparison, project, seen.imports)


def is_measured(pair: Pair, known: Record, project: Path) -> bool:
    """Return whether a record's result belongs to a pair as it is now."""
    seen = known.pairs.get(pair.id)
    return bool(seen) and seen.sources == sources_of_pair(pair, project)


def sources(
    comparison: Comparison, project: Path, imports: tuple[str, ...] = ()
) -> str:
    """Return the digest of everything that an outcome of a comparison depends on."""
    files = {*comparison.files, *(project / name for name in imports)}
    # If a side failed, no check has imported the shared module.
    files |= {comparison.shared} - {None}
    return _digest(files, project, compared.PROCEDURE.code)


def sources_of_pair(pair: Pair, project: Path) -> str:
    """Return the digest of everything that an outcome of a pair depends on."""
    return _digest([pair.subject.path], project, measure.PROCEDURE.code)


def _digest(files: Iterable[Path], project: Path, code: tuple[str, ...]) -> str:
    """Return the digest of files and of our own code, as in a key of the cache.

    Ignores docstrings, because a reworded claim does not change its check.
    """
    read, shared = storage.without_docstrings, storage.digest_of_code(code)
    return storage.digest_of_files(files, project, shared=shared, read=read)[:16]


def _store(project: Path) -> Path:
    return project / "_build" / "versions"


def _known(project: Path, settings: dict[str, str], *, fresh: bool) -> Record:
    """Return the record of this environment, or an empty record."""
    environment = {k: v for k, v in settings.items() if k in snapshot.ENVIRONMENT}
    path = snapshot.path_of(project, environment)
    if path.exists() and not fresh:
        found = snapshot.read(path)
        if found.environment == environment:
            return found
    return Record(environment)


def of_comparison(
    comparison: Comparison, outcome: Outcome, project: Path
) -> SeenComparison:
    """Return the data to record for a comparison that ran."""
    here = partial(_from, project)
    ends = f"{comparison.folder.relative_to(project)}/"
    imports = tuple(name for name in outcome.sources if not name.startswith(ends))
    sides = {
        side.framework: SeenSide(
            side.status,
            side.outputs,
            here(_text(side.failure) or side.reason),
            tuple(map(here, side.warnings)),
        )
        for side in outcome.sides
    }
    checks = {
        c.name: SeenCheck(c.status, c.mode, here(_text(c.failure) or c.reason))
        for c in outcome.checks
    }
    return SeenComparison(
        sources(comparison, project, imports),
        sides,
        checks,
        tuple(map(here, outcome.warnings)),
        imports,
    )


def _from(project: Path, text: str) -> str:
    """Return a text without the project's path on this machine and line numbers.

    A reworded claim moves the lines below it and makes no result stale.
    """
    return LINE.sub('"', text.replace(f"{project}/", ""))


def _text(failure: Failure | None) -> str:
    """Return the text of an exception, without the numbers and traces that follow."""
    lines = failure.message.strip().splitlines() if failure else []
    return cut(normalise(lines[0])) if lines else ""


def of_pair(pair: Pair, outcome: PairOutcome, project: Path) -> SeenPair:
    """Return the data to record for a pair that was measured."""
    measured, errors = (defaultdict(lambda: defaultdict(dict)) for _ in range(2))
    for m in outcome.measurements:
        if m.verdict:
            measured[m.probe][m.case][m.key.mode] = m.verdict
        if m.error:
            text = cut(normalise(m.error))
            errors[m.probe][m.case][m.key.mode] = text
    return SeenPair(
        sources_of_pair(pair, project),
        verdicts.pair_verdict(outcome.trainings),
        cut(normalise(_last_line(outcome.failure))),
        {
            probe: {case: _joined(modes) for case, modes in cases.items()}
            for probe, cases in measured.items()
        },
        {probe: dict(cases) for probe, cases in errors.items()},
    )


def _last_line(text: str) -> str:
    """Return the last line of a traceback, which holds the error."""
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""


def _joined(modes: dict[str, str]) -> str | dict[str, str]:
    """Return a single verdict if all modes have the same one."""
    first = next(iter(modes.values()))
    return first if set(modes.values()) == {first} else modes


def _with_apis(known: Record, project: Path, pairs: dict[str, Pair]) -> Record:
    """Look up all names that a record contains or that these runs used."""
    names = {name for other in snapshot.read_all(project) for name in other.apis}
    names |= {side for pair in pairs for side in pair.split(":") if side}
    for name in known.comparisons:
        data = read_entry(_store(project), name)
        if data:
            names |= used_names(Outcome.from_json(data["outcome"]))
    apis, warnings = installed.look_up(names)
    return replace(known, apis=apis, warnings=warnings)


def used_names(outcome: Outcome) -> set[str]:
    """Return the framework APIs that sides and checks use."""
    parts = (*outcome.sides, *outcome.checks)
    return {use.name for part in parts for use in part.uses}
