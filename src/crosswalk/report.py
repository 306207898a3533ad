"""Outcomes in words: the same text for the site, pytest and the command line."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crosswalk.model import TITLES, Comparison, Failure, Outcome


def measured_text(record: dict[str, Any]) -> str:
    """Return what one assertion measured, without the verdict."""
    kind = record["kind"]
    if kind in {"close", "apart"}:
        return f"{record['deviation']:.3g}"
    if kind == "raises":
        return f"{record['exception']}: {record['message']}"
    actual = record["actual"]
    return actual if isinstance(actual, str) else repr(actual)


def wanted_text(record: dict[str, Any]) -> str:
    """Return what one assertion asked for, in the reader's symbols."""
    kind = record["kind"]
    if kind == "close":
        return f"≤ {record['tolerance']:.3g}"
    if kind == "apart":
        return f"≥ {record['at_least']:.3g}"
    return ""


def failures(comparison: Comparison, outcome: Outcome) -> Iterator[tuple[str, Failure]]:
    """Yield the name and the failure of each side and check that failed."""
    for side in outcome.sides:
        if side.status == "failed":
            fallback = Failure(str(comparison.side(side.framework).path), 1, "failed")
            yield side.framework, side.failure or fallback
    sides_passed = all(side.status == "passed" for side in outcome.sides)
    for check in outcome.checks:
        if check.status == "failed" and (sides_passed or check.failure):
            source = comparison.check(check.name)
            reason = check.reason or "failed"
            yield check.name, check.failure or Failure(
                str(source.path), source.line, reason
            )


def failure_text(comparison: Comparison, outcome: Outcome, project: Path) -> str:
    """Return where each failure is, what was expected, what came, what to do."""
    parts = []
    for name, failure in failures(comparison, outcome):
        where = f"{relative(failure.path, project)}:{failure.line}"
        parts.append(f"{where}: {comparison.id}#{name} failed")
        parts.append(textwrap.indent(failure.message, "    "))
        if failure.trace and name in TITLES:
            parts.append(textwrap.indent(failure.trace.rstrip(), "    "))
    for side in outcome.sides:
        if side.stdout:
            parts.append(f"  what the {TITLES[side.framework]} side printed:")
            parts.append(textwrap.indent(side.stdout.rstrip(), "    "))
    parts.append(f"  to run it alone: python -m crosswalk run {comparison.id} --fresh")
    return "\n".join(parts)


def relative(path: str, project: Path) -> str:
    """Return ``path`` as seen from the project, where it is inside."""
    found = Path(path)
    return str(found.relative_to(project) if found.is_relative_to(project) else found)


def result_lines(outcome: Outcome) -> Iterator[str]:
    """Yield what each side printed and what each check measured."""
    for side in outcome.sides:
        yield f"  {side.framework}: {side.status} {side.reason}".rstrip()
        yield from (f"    | {line}" for line in side.stdout.splitlines())
    for check in outcome.checks:
        yield f"  {check.name}: {check.status} {check.reason}".rstrip()
        for record in check.measured:
            wanted = wanted_text(record)
            text = f"{record['name']} = {measured_text(record)}"
            yield f"    {text} ({wanted})" if wanted else f"    {text}"
