"""Measurements in words and as data."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from crosswalk.parity import measure
from crosswalk.parity.model import (
    MATCHED,
    VERDICTS,
    Measurement,
    Pair,
    PairOutcome,
)


def command(pair: Pair) -> str:
    """Return the command that measures ``pair`` again and prints all figures."""
    return f"python -m crosswalk parity {pair.id} --fresh"


def figure(value: float | None) -> str:
    """Return a deviation as a reader sees it."""
    return "–" if value is None else f"{value:.1e}"


def lines(outcome: PairOutcome, setting: str | None = None) -> Iterator[str]:
    """Yield the pair's verdict and one line for each measurement."""
    if outcome.failure:
        yield f"{outcome.id}: not measured: {outcome.failure}"
        return
    verdict = measure.pair_verdict(outcome.measurements)
    yield f"{outcome.id}: {verdict or 'no counterpart'}"
    for m in outcome.measurements:
        if setting in {None, m.setting}:
            figures = (m.max_abs_deviation, m.max_rel_deviation, m.yardstick)
            texts = " ".join(f"{figure(value):>8}" for value in figures)
            head = f"  {m.setting:40} {m.mode:8} {m.gradients:5}"
            yield f"{head} {texts}  {m.verdict}{_remark(m)}"


def _remark(measurement: Measurement) -> str:
    missing = ", ".join(measurement.missing)
    remarks = [f"on one side only: {missing}" if missing else "", measurement.error]
    text = "; ".join(remark for remark in remarks if remark)
    return f" ({text})" if text else ""


def to_json(pairs: Iterable[Pair], outcomes: dict[str, PairOutcome]) -> list[Any]:
    """Return all of ``parity.json``: plain data, sorted by name."""
    return [
        _pair(pair, outcomes[pair.id])
        for pair in sorted(pairs, key=lambda pair: pair.id)
        if pair.id in outcomes
    ]


def _pair(pair: Pair, outcome: PairOutcome) -> dict[str, Any]:
    settings = []
    for m in outcome.measurements:
        row = {"name" if k == "setting" else k: v for k, v in vars(m).items()}
        settings.append(row | {"missing": list(m.missing), "error": m.error or None})
    return {
        "kind": pair.subject.kind,
        "torch": pair.subject.torch,
        "mindspore": pair.counterpart.mindspore if pair.counterpart else None,
        "verdict": measure.pair_verdict(outcome.measurements),
        "by_mode": by_mode(outcome),
        "environment": outcome.environment,
        "settings": settings,
        "resumes": [asdict(resume) for resume in outcome.resumes],
        "changes": [asdict(change) for change in outcome.changes],
    }


def by_mode(outcome: PairOutcome) -> dict[str, str]:
    """Return the worst verdict of matched arguments in each mode."""
    found: dict[str, str] = {}
    for m in outcome.measurements:
        if m.setting == MATCHED:
            both = (found.get(m.mode, m.verdict), m.verdict)
            found[m.mode] = max(both, key=VERDICTS.index)
    return found


def names(outcome: PairOutcome, side: str) -> list[str]:
    """Return the arguments of a side, "torch" or "mindspore"."""
    return [name for name, _ in outcome.signatures[side]]


def changed(outcome: PairOutcome) -> set[str]:
    """Return MindSpore's arguments that have other values in some settings."""
    given = [m.mindspore_arguments for m in outcome.measurements]
    matched = next(
        (m.mindspore_arguments for m in outcome.measurements if m.setting == MATCHED),
        {},
    )
    return {
        name
        for arguments in given
        for name, value in arguments.items()
        if value != matched.get(name)
    }
