"""Results of mutation tests, stored in ``tools/mutation/`` for a page."""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields, replace
from pathlib import Path

from crosswalk.model import Comparison
from tools.mutation import mutants
from tools.mutation.damage import Tried

OF_CHECKS = ("emptied", "negated")
OF_TEXTS = ("translated number", "translated name", "badge")
KINDS = (*mutants.KINDS, *OF_CHECKS, *OF_TEXTS)
TEXTS = "texts"
TRIED, SURVIVORS = (
    Path("tools/mutation/tried.csv"),
    Path("tools/mutation/survivors.csv"),
)


@dataclass(frozen=True, order=True)
class Survivor:
    """A mutant that no check caught, and why it makes no difference to a reader.

    ``item`` is a comparison, or `TEXTS` for the catalogue.
    """

    item: str
    file: str
    line: int
    kind: str
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True)
class Record:
    """Numbers of mutants by item and kind, with digests of the items, and survivors."""

    digests: dict[str, str] = field(default_factory=dict)
    tried: dict[str, Counter[str]] = field(default_factory=dict)
    survivors: tuple[Survivor, ...] = ()

    def score(self) -> dict[str, tuple[int, int]]:
        """Return, for each kind, how many mutants were tried and caught."""
        tried = sum(self.tried.values(), Counter())
        left = Counter(survivor.kind for survivor in self.survivors)
        return {kind: (tried[kind], tried[kind] - left[kind]) for kind in KINDS}

    def changed(self, comparisons: Mapping[str, Comparison]) -> list[str]:
        """Return the comparisons that have changed since their mutation test."""
        return [n for n, c in comparisons.items() if self.digests.get(n) != digest(c)]

    def with_item(self, item: str, digest: str, tried: Iterable[Tried]) -> "Record":
        """Return a record with new results of ``item``; keep its survivors' reasons."""
        tried = list(tried)
        reasons = {replace(s, line=0, reason=""): s.reason for s in self.survivors}
        left = []
        for one in tried:
            if not one.caught_by:
                values = (one.file, one.line, one.kind, one.before, one.after)
                new = Survivor(item, *values)
                left.append(replace(new, reason=reasons.get(replace(new, line=0), "")))
        others = [s for s in self.survivors if s.item != item]
        return Record(
            {**self.digests, item: digest},
            {**self.tried, item: Counter(one.kind for one in tried)},
            tuple(sorted([*others, *left])),
        )

    def only(self, items: Iterable[str]) -> "Record":
        """Return a record of only ``items``."""
        kept = set(items)
        return Record(
            {n: d for n, d in self.digests.items() if n in kept},
            {n: t for n, t in self.tried.items() if n in kept},
            tuple(s for s in self.survivors if s.item in kept),
        )


def digest(comparison: Comparison) -> str:
    """Return a digest of the comparison's Python files."""
    found = hashlib.sha256()
    for path in sorted(comparison.files):
        if path.suffix == ".py":
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def read(project: Path) -> Record:
    """Read the record; an empty one if there is no file."""
    digests, tried, survivors = {}, {}, []
    if (project / TRIED).exists():
        with (project / TRIED).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                digests[row["item"]] = row["digest"]
                counts = {kind: int(row[kind]) for kind in KINDS}
                tried[row["item"]] = Counter(counts)
        with (project / SURVIVORS).open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            survivors = [Survivor(**{**row, "line": int(row["line"])}) for row in rows]
    return Record(digests, tried, tuple(survivors))


def write(record: Record, project: Path) -> None:
    """Write the two files, sorted, so they change only with the results."""
    (project / TRIED).parent.mkdir(parents=True, exist_ok=True)
    with (project / TRIED).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["item", "digest", *KINDS])
        for item, counts in sorted(record.tried.items()):
            numbers = [counts[kind] for kind in KINDS]
            table.writerow([item, record.digests[item], *numbers])
    with (project / SURVIVORS).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([f.name for f in fields(Survivor)])
        table.writerows(astuple(survivor) for survivor in sorted(record.survivors))
