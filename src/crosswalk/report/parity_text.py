"""Report measurements as text and as data."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from crosswalk.parity import verdicts
from crosswalk.parity.measurement import VERDICTS, Measurement, PairOutcome
from crosswalk.parity.model import MATCHED, Pair


def command(pair: Pair) -> str:
    """Return the command that measures ``pair`` again and prints all numbers."""
    return f"python -m crosswalk parity {pair.id} --fresh"


def figure(value: float | None) -> str:
    """Return a deviation as text for readers."""
    return "–" if value is None else f"{value:.1e}"


def lines(outcome: PairOutcome, case: str | None = None) -> Iterator[str]:
    """Yield the pair's verdict and one line for each run, or each run of ``case``."""
    if outcome.failure:
        yield f"{outcome.id}: not measured: {outcome.failure}"
        return
    verdict = verdicts.pair_verdict(outcome.trainings)
    same, others = verdicts.by_case(outcome.trainings)
    count = f" ({len(same)} of {len(same + others)} cases are the same)"
    yield f"{outcome.id}: {verdict or 'no counterpart'}{count if others else ''}"
    for m in outcome.trainings:
        if case in {None, m.case}:
            details = m.details
            figures = (
                m.max_abs_deviation,
                details.max_rel_deviation,
                details.yardstick,
            )
            texts = " ".join(f"{figure(value):>8}" for value in figures)
            head = f"  {m.case:40} {m.mode:8} {m.gradients:5}"
            yield f"{head} {texts}  {m.verdict}{_remark(m)}"


def _remark(measurement: Measurement) -> str:
    missing = ", ".join(measurement.details.missing)
    remarks = [f"on one side only: {missing}" if missing else "", measurement.error]
    text = "; ".join(remark for remark in remarks if remark)
    return f" ({text})" if text else ""


def to_json(
    pairs: Iterable[Pair], outcomes: dict[str, PairOutcome]
) -> list[tuple[PairOutcome, dict[str, Any]]]:
    """Return each outcome with its part of ``parity.json``, sorted by name."""
    return [
        (outcomes[pair.id], _pair(pair, outcomes[pair.id]))
        for pair in sorted(pairs, key=lambda pair: pair.id)
        if pair.id in outcomes
    ]


def _pair(pair: Pair, outcome: PairOutcome) -> dict[str, Any]:
    same, others = verdicts.by_case(outcome.trainings)
    return {
        "kind": pair.subject.kind,
        "torch": pair.subject.torch,
        "mindspore": pair.counterpart.mindspore if pair.counterpart else None,
        "recommended": pair.subject.recommended or None,
        "verdict": verdicts.pair_verdict(outcome.trainings),
        "by_mode": by_mode(outcome),
        "same_settings": list(same),
        "other_settings": list(others),
        "environment": outcome.environment,
        "settings": [
            {
                **_row(m),
                "name": m.case,
                "gradients": m.gradients,
                "error": m.error or None,
            }
            for m in outcome.trainings
        ],
        "resumes": [_row(m) for m in outcome.of("resume")],
        "changes": [_row(m) for m in outcome.of("change")],
    }


def _row(m: Measurement) -> dict[str, Any]:
    """Return the fields that every measurement has in ``parity.json``."""
    details = msgspec.to_builtins(m.details)
    figures = {k: v for k, v in details.items() if k not in {"type", "curves"}}
    names = ("mode", "steps", "max_abs_deviation", "verdict", "error")
    return {**{name: getattr(m, name) for name in names}, **figures}


def by_mode(outcome: PairOutcome) -> dict[str, str]:
    """Return the worst verdict of matched arguments in each mode."""
    worst: dict[str, str] = {}
    for m in outcome.trainings:
        if m.case == MATCHED:
            both = (worst.get(m.mode, m.verdict), m.verdict)
            worst[m.mode] = max(both, key=VERDICTS.index)
    return worst
