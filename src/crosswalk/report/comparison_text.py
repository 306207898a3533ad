"""Texts about outcomes, shared by the site, pytest and the command line."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crosswalk.expect import visible
from crosswalk.model import TITLES, Comparison, Failure, Outcome

# How many characters of an output a page shows; its notebook has all of them.
LONGEST = 20_000


def shown(text: str, more: str) -> str:
    """Return an output as a page shows it: control characters visible, length limited.

    ``more`` is appended to an output longer than `LONGEST`, with the number of
    characters left out in place of ``{count}``.
    """
    text = visible(text)
    left = len(text) - LONGEST
    return f"{text[:LONGEST]}\n{more.format(count=left)}" if left > 0 else text


def measured_text(record: dict[str, Any]) -> str:
    """Return the value that one assertion measured, without the verdict."""
    return visible(_measured_text(record))


def _measured_text(record: dict[str, Any]) -> str:
    kind = record["kind"]
    if kind in {"close", "apart"}:
        return f"{record['deviation']:.3g}"
    if kind == "raises":
        return f"{record['exception']}: {record['message']}"
    actual = record["actual"]
    if isinstance(actual, list) and all(isinstance(item, str) for item in actual):
        return ", ".join(actual)
    return actual if isinstance(actual, str) else repr(actual)


def wanted_text(record: dict[str, Any]) -> str:
    """Return the limit of one assertion, such as ``≤ 1e-06``; "" if it has none."""
    kind = record["kind"]
    if kind == "close":
        return f"≤ {record['tolerance']:.3g}"
    if kind == "apart":
        return f"≥ {record['at_least']:.3g}"
    return ""


def failures(comparison: Comparison, outcome: Outcome) -> Iterator[tuple[str, Failure]]:
    """Yield the name and the failure of each side and check that failed by itself.

    Omits checks that failed only because a side failed.
    """
    for side in outcome.sides:
        if side.status == "failed":
            yield side.framework, failure_of(comparison, outcome, side.framework)
    sides_passed = all(side.status == "passed" for side in outcome.sides)
    for check in outcome.checks:
        if check.status == "failed" and (sides_passed or check.failure):
            yield check.name, failure_of(comparison, outcome, check.name)


def failure_of(comparison: Comparison, outcome: Outcome, name: str) -> Failure:
    """Return the message and the place of the failure of the side or check ``name``."""
    if name in TITLES:
        part, path, line = outcome.side(name), comparison.side(name).path, 1
    else:
        check = comparison.check(name)
        part, path, line = outcome.check(name), check.path, check.line
    return part.failure or Failure(str(path), line, part.reason or part.status)


def failure_text(comparison: Comparison, outcome: Outcome, project: Path) -> str:
    """Return the place, the expected and actual values, and a fix for each failure."""
    parts = [
        part_text(comparison, name, failure, project)
        for name, failure in failures(comparison, outcome)
    ]
    return "\n".join([*parts, *context_lines(comparison, outcome)])


def part_text(
    comparison: Comparison, name: str, failure: Failure, project: Path
) -> str:
    """Return the text of one failure."""
    where = f"{relative(failure.path, project)}:{failure.line}"
    parts = [
        f"{where}: {comparison.id}#{name} failed",
        textwrap.indent(failure.message, "    "),
    ]
    if failure.trace and name in TITLES:
        parts.append(textwrap.indent(failure.trace.rstrip(), "    "))
    return "\n".join(parts)


def context_lines(comparison: Comparison, outcome: Outcome) -> Iterator[str]:
    """Yield the output of the sides and the command that runs only this comparison."""
    for side in outcome.sides:
        if side.stdout:
            yield f"  what the {TITLES[side.framework]} side printed:"
            yield textwrap.indent(side.stdout.rstrip(), "    ")
    yield f"  to run it alone: python -m crosswalk run {comparison.id} --fresh"


def relative(path: str, project: Path) -> str:
    """Return ``path`` relative to the project if it is inside, unchanged otherwise."""
    found = Path(path)
    return str(found.relative_to(project) if found.is_relative_to(project) else found)


def result_lines(outcome: Outcome) -> Iterator[str]:
    """Yield the output of each side and the measured values of each check."""
    for side in outcome.sides:
        yield f"  {side.framework}: {side.status} {side.reason}".rstrip()
        yield from (f"    | {line}" for line in side.stdout.splitlines())
        for display in side.displays:
            yield from (f"    | {line}" for line in visible(display.text).splitlines())
    for check in outcome.checks:
        yield f"  {check.name}: {check.status} {check.reason}".rstrip()
        for record in check.measured:
            wanted = wanted_text(record)
            text = f"{record['name']} = {measured_text(record)}"
            yield f"    {text} ({wanted})" if wanted else f"    {text}"
