"""Report the changes of a release as text for the command line."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from crosswalk.model import Comparison
from crosswalk.versions import diff
from crosswalk.versions.diff import Change, Kind
from crosswalk.versions.snapshot import Record

HEADS: dict[Kind, str] = {
    "check": "statements that became true or stopped being true",
    "side": "snippets that began to run, or to fail",
    "output": "snippets that print something else",
    "verdict": "verdicts of the reference",
    "warning": "warnings that began or ended",
    "note": "announcements in docstrings that began or ended",
    "name": "names that came or went",
    "signature": "arguments and defaults that moved",
}


def lines(
    old: Record, new: Record, comparisons: Mapping[str, Comparison]
) -> Iterator[str]:
    """Yield the differences between ``new`` and ``old``, by kind."""
    found = diff.between(old, new)
    names = [f"MindSpore {r.version}" for r in (old, new)]
    yield f"{names[0]} -> {names[1]} on {new.device}, differences: {len(found)}"
    for kind, group in groupby(found, key=lambda change: change.kind):
        yield f"  {HEADS[kind]}:"
        for change in group:
            yield f"    {change.place or 'import'}"
            statement = _statement(change, comparisons)
            if statement:
                yield f"      {statement}"
            for version, text in zip(names, (change.before, change.after), strict=True):
                yield f"      {version}: {' '.join(text.split()) or '(nothing)'}"


def _statement(change: Change, comparisons: Mapping[str, Comparison]) -> str:
    name, _, check = change.item.partition("#")
    return comparisons[name].check(check).statement if check else ""
