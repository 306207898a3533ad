"""Run the mutation tests: ``python -m tools.mutation [ID ...]``.

Without names, it tests every comparison that has changed since its last test.
An interrupted run continues where it stopped.
"""

import argparse
import sys
from pathlib import Path

from crosswalk.comparisons.discover import discover
from crosswalk.comparisons.run import comparison_runner
from crosswalk.model import Comparison
from crosswalk.project import EXAMPLES, OUTCOMES
from crosswalk.report.user_input import UsageError, meant
from crosswalk.website import catalogue
from crosswalk.website.catalogue import CatalogueError
from tools.mutation import record
from tools.mutation.damage import damage
from tools.mutation.texts import damage_texts

GOAL = 0.95


def main() -> int:
    """Test, record and report; return 1 for too many or unexplained survivors."""
    parser = argparse.ArgumentParser(prog="tools.mutation", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="<topic>/<name>")
    parser.add_argument("--template", type=Path, help="messages of the pages (.pot)")
    options = parser.parse_args()
    project = Path.cwd()
    try:
        comparisons = _comparisons(project, options.ids)
        messages = catalogue.read(options.template) if options.template else None
    except (NotADirectoryError, UsageError, CatalogueError) as error:
        parser.error(str(error))
    known = record.read(project).only([*comparisons, record.TEXTS])
    if messages:
        tried = damage_texts(messages, catalogue.read(project / catalogue.PATH))
        known = known.with_item(record.TEXTS, "", tried)
    names = options.ids or known.changed(comparisons)
    chosen = [comparisons[name] for name in names]
    runner = comparison_runner(project / OUTCOMES, project)
    broken = 0
    for found in damage(chosen, project / "_build" / "mutants", project, runner):
        if found.failure:
            broken += 1
            print(f"{found.id}: {found.failure}", file=sys.stderr)
            continue
        digest = record.digest(comparisons[found.id])
        known = known.with_item(found.id, digest, found.tried)
        record.write(known, project)
        left = sum(not one.caught_by for one in found.tried)
        print(f"{found.id}: {len(found.tried)} mutants, {left} not caught", flush=True)
    return 1 if broken else _report(known)


def _comparisons(project: Path, names: list[str]) -> dict[str, Comparison]:
    """Return all comparisons; raises UsageError if one of ``names`` does not exist."""
    found = discover(project / EXAMPLES)
    for problem in found.problems:
        print(f"not tested: {problem}", file=sys.stderr)
    for name in names:
        if name not in found.comparisons:
            message = (
                f"no comparison called {name!r} that can be read; "
                f"{meant(name, found.comparisons)}'crosswalk list' prints all"
            )
            raise UsageError(message)
    return found.comparisons


def _report(known: record.Record) -> int:
    tried, caught = map(sum, zip(*known.score().values(), strict=True))
    for survivor in known.survivors:
        if not survivor.reason:
            where = f"{survivor.item} {survivor.file}:{survivor.line}"
            change = f"{survivor.before!r} -> {survivor.after!r}"
            print(f"{where}: {survivor.kind}: {change}: not caught, without a reason")
    share = f"{caught / tried:.2%}, the goal is {GOAL:.0%}"
    print(f"{caught} of {tried} mutants caught: {share}")
    unexplained = any(not survivor.reason for survivor in known.survivors)
    return 1 if unexplained or caught < GOAL * tried else 0


if __name__ == "__main__":
    sys.exit(main())
