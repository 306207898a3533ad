"""The verdicts that are expected: ``parity/pins/<class>.csv``.

They are written from a run and read by a person; afterwards a behaviour that
changes, for better or worse, is a difference between the two.
"""

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from crosswalk.parity.model import Pair, PairOutcome

HEAD = ("mindspore", "setting", "mode", "gradients", "verdict")
Key = tuple[str, str, str, str]


def path_of(pair: Pair) -> Path:
    """Return the file with the expected verdicts of the pair's page."""
    data = pair.subject.path
    return data.parent / "pins" / f"{data.stem}.csv"


def read(path: Path) -> dict[Key, str]:
    """Return the expected verdicts; none if there is no file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {tuple(row[name] for name in HEAD[:4]): row["verdict"] for row in rows}


def write(path: Path, outcomes: Iterable[PairOutcome]) -> None:
    """Write the verdicts of all pairs of one page, in one step."""
    rows = [
        (*key, verdict)
        for outcome in outcomes
        for key, verdict in verdicts(outcome).items()
    ]
    path.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(rows)
    Path(name).replace(path)


def verdicts(outcome: PairOutcome) -> dict[Key, str]:
    """Return every verdict of a pair: of settings, resumed runs and changes."""
    name = outcome.id.partition(":")[2]
    found = {
        (name, m.setting, m.mode, m.gradients): m.verdict for m in outcome.measurements
    }
    for r in outcome.resumes:
        title = f"resume: {r.framework}, {r.setting or 'matched'}, {r.way}"
        found[name, title, r.mode, "own"] = r.verdict
    for c in outcome.changes:
        title = f"change {c.hyperparameter}, group {c.group}: {c.code}"
        found[name, title, c.mode, "own"] = c.verdict
    return found


def problems(pair: Pair, outcome: PairOutcome) -> Iterator[str]:
    """Yield where what was measured is not what is expected.

    Each text says what to do: read the page, then pin the new verdict.
    """
    todo = f"to accept it: python -m crosswalk parity {pair.subject.torch} --pin"
    if outcome.failure:
        yield f"{pair.id}: not measured: {outcome.failure}"
        return
    name = pair.id.partition(":")[2]
    pinned = {k: v for k, v in read(path_of(pair)).items() if k[0] == name}
    if not pinned and outcome.measurements:
        yield f"{pair.id}: no verdict is expected yet; {todo}"
        return
    found = verdicts(outcome)
    for key in sorted(pinned.keys() | found.keys()):
        expected, actual = pinned.get(key), found.get(key)
        if expected != actual:
            where = f"{pair.id}, {', '.join(key[1:])}"
            came = f"expected {expected or 'no such setting'}, measured {actual}"
            yield f"{where}: {came}; {todo}"
