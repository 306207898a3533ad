"""Find the differences between two records: behaviour, warnings and signatures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crosswalk.introspect import Argument
from crosswalk.model import FRAMEWORKS
from crosswalk.versions.snapshot import Record, SeenComparison, SeenPair

Kind = Literal[
    "check", "side", "output", "verdict", "warning", "note", "name", "signature"
]
Signature = tuple[Argument, ...]
KINDS: tuple[Kind, ...] = (
    "check",
    "side",
    "output",
    "verdict",
    "warning",
    "note",
    "name",
    "signature",
)


@dataclass(frozen=True, order=True)
class Change:
    """One difference between an older and a newer record.

    ``item`` is a comparison, a check, a pair or a library's name, or "" for a warning
    during import; ``what`` is a part of the item, such as a side or a case.
    ``before`` and ``after`` are as recorded, "" if missing.
    """

    kind: Kind
    item: str
    what: str
    before: str
    after: str

    @property
    def place(self) -> str:
        """Return the item and the part of it."""
        return " ".join(part for part in (self.item, self.what) if part)


def between(old: Record, new: Record) -> list[Change]:
    """Return the differences, by kind and item.

    Compares only items with the same sources in both records.
    """
    found = [*_of_comparisons(old, new), *_of_pairs(old, new), *_of_apis(old, new)]
    found += _texts("warning", "", "import", old.warnings, new.warnings)
    return sorted(set(found), key=lambda c: (KINDS.index(c.kind), c))


def _of_comparisons(old: Record, new: Record) -> Iterator[Change]:
    for name, after in new.comparisons.items():
        before = old.comparisons.get(name)
        if before and before.sources == after.sources:
            yield from _of_sides(name, before, after)
            yield from _of_checks(name, before, after)
            heard = before.warnings, after.warnings
            yield from _texts("warning", name, "checks", *heard)


def _of_sides(
    name: str, before: SeenComparison, after: SeenComparison
) -> Iterator[Change]:
    for framework in FRAMEWORKS:
        then, now = before.sides[framework], after.sides[framework]
        said = then.failure or then.status, now.failure or now.status
        if said[0] != said[1]:
            yield Change("side", name, framework, *said)
        if then.status == now.status == "passed" and then.outputs != now.outputs:
            texts = "".join(then.outputs), "".join(now.outputs)
            yield Change("output", name, framework, *texts)
        yield from _texts("warning", name, framework, then.warnings, now.warnings)


def _of_checks(
    name: str, before: SeenComparison, after: SeenComparison
) -> Iterator[Change]:
    """Yield the checks that flipped without a failure of a side."""
    for seen in (before, after):
        if any(side.status != "passed" for side in seen.sides.values()):
            return
    for check, now in after.checks.items():
        then = before.checks[check]
        if then.status != now.status:
            said = then.failure or then.status, now.failure or now.status
            yield Change("check", f"{name}#{check}", "", *said)


def _of_pairs(old: Record, new: Record) -> Iterator[Change]:
    for name, after in new.pairs.items():
        before = old.pairs.get(name)
        if before and before.sources == after.sources:
            yield from _of_pair(name, before, after)


def _of_pair(name: str, before: SeenPair, after: SeenPair) -> Iterator[Change]:
    said = before.failure or before.verdict, after.failure or after.verdict
    if said[0] != said[1]:
        yield Change("verdict", name, "", *(text or "" for text in said))
    for probe in sorted(before.measurements.keys() | after.measurements.keys()):
        then, now = (seen.measurements.get(probe, {}) for seen in (before, after))
        for what in sorted(then.keys() | now.keys()):
            texts = _verdict(then.get(what)), _verdict(now.get(what))
            if texts[0] != texts[1]:
                yield Change("verdict", name, what, *texts)


def _verdict(found: str | dict[str, str] | None) -> str:
    if isinstance(found, dict):
        return "; ".join(f"{mode}: {verdict}" for mode, verdict in found.items())
    return found or ""


def _of_apis(old: Record, new: Record) -> Iterator[Change]:
    if not (old.apis and new.apis):
        return  # a run that was stopped has not looked them up yet
    for name in sorted(old.apis.keys() | new.apis.keys()):
        before, after = old.apis.get(name), new.apis.get(name)
        if before is None or after is None:
            yield Change(
                "name", name, "", *("there" if a else "" for a in (before, after))
            )
            continue
        yield from _texts("note", name, "", before.notes, after.notes)
        if before.signature != after.signature:
            only = arguments_that_differ(before.signature or (), after.signature or ())
            yield Change("signature", name, "", *only)


def _texts(
    kind: Kind, item: str, what: str, old: tuple[str, ...], new: tuple[str, ...]
) -> Iterator[Change]:
    """Yield the texts that only one of the two records has."""
    for text in old:
        if text not in new:
            yield Change(kind, item, what, text, "")
    for text in new:
        if text not in old:
            yield Change(kind, item, what, "", text)


def arguments_that_differ(old: Signature, new: Signature) -> tuple[str, str]:
    """Return the arguments that only one of two signatures has, as text.

    Returns all arguments if only their order differs.
    """
    only = [a for a in old if a not in new], [a for a in new if a not in old]
    before, after = only if any(only) else (old, new)
    return ", ".join(map(str, before)), ", ".join(map(str, after))
