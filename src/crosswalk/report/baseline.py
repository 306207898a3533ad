"""Read and write the expected verdicts in ``parity/pins/<class>.csv``.

A run writes them and a person reviews them; afterwards, any change of behaviour
shows as a difference, whether it is better or worse.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from crosswalk.engine import storage
from crosswalk.parity.measurement import Measurement, PairOutcome
from crosswalk.parity.model import Pair

HEAD = ("mindspore", "setting", "mode", "gradients", "verdict")
Row = tuple[str, str, str, str]


def path_of(pair: Pair) -> Path:
    """Return the file of expected verdicts for the pair's page."""
    data = pair.subject.path
    return data.parent / "pins" / f"{data.stem}.csv"


def read(path: Path) -> dict[Row, str]:
    """Return the expected verdicts; empty without a file."""
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
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([HEAD, *rows])
    storage.write_whole(path, text.getvalue())


def verdicts(outcome: PairOutcome) -> dict[Row, str]:
    """Return every verdict of a pair, with the first columns of the file as keys."""
    name = outcome.id.partition(":")[2]
    judged = (*outcome.trainings, *outcome.of("resume"), *outcome.of("change"))
    return {(name, _title(m), m.mode, m.gradients or "own"): m.verdict for m in judged}


def _title(m: Measurement) -> str:
    """Return the name of the case in the file, which includes some probes' names."""
    if m.probe == "resume":
        framework, *flag, saved = m.case.split(", ")
        return f"resume: {framework}, {(*flag, 'matched')[0]}, {saved}"
    if m.probe == "change":
        name, group, code = m.case.split(", ", 2)
        return f"change {name}, {group}: {code}"
    return m.case


def problems(pair: Pair, outcome: PairOutcome) -> Iterator[str]:
    """Yield each difference between the measured and the expected verdicts.

    Each message explains how to accept the new verdict.
    """
    todo = f"to accept it: python -m crosswalk parity {pair.subject.torch} --pin"
    if outcome.failure:
        yield f"{pair.id}: not measured: {outcome.failure}"
        return
    name = pair.id.partition(":")[2]
    pinned = {k: v for k, v in read(path_of(pair)).items() if k[0] == name}
    measured = verdicts(outcome)
    if not pinned and measured:
        yield f"{pair.id}: no verdict is expected yet; {todo}"
        return
    for key in sorted(pinned.keys() | measured.keys()):
        expected, actual = pinned.get(key), measured.get(key)
        if expected != actual:
            where = f"{pair.id}, {', '.join(key[1:])}"
            came = f"expected {expected or 'no such case'}, measured {actual}"
            yield f"{where}: {came}; {todo}"
