"""Compute deviations and verdicts from trajectories."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from crosswalk.parity.measurement import Measurement, PairVerdict, Verdict
from crosswalk.parity.model import MATCHED, OWN_DEFAULTS

# The largest deviation of equal formulas, in multiples of PyTorch's own rounding: equal
# formulas deviated by up to 20 times the rounding, different ones by 40 times or more.
SLACK = 30.0
# The resolution of float32, relative to the largest value.
FLOOR = 1.5e-6
# A larger tolerance, relative to the largest value, would accept almost any result.
CEILING = 1e-3
# If the frameworks already differ before a hyperparameter changes: the factor by which
# the change may increase the deviation, and by which its effect must exceed it.
ADDED = CLEAR = 10.0


def deviations(expected: np.ndarray, actual: np.ndarray) -> tuple[float, float]:
    """Return the largest absolute deviation, and its ratio to max ``|expected|``.

    Both are infinite if any value is not finite.
    """
    if not (np.isfinite(expected) & np.isfinite(actual)).all():
        return float("inf"), float("inf")
    absolute = float(np.max(np.abs(actual - expected)))
    scale = float(np.max(np.abs(expected)))
    return absolute, absolute / scale if scale else absolute


def tolerance(expected: np.ndarray, yardstick: float) -> float:
    """Return the largest absolute deviation that counts as the same.

    It is `SLACK` times the rounding baseline ``yardstick``, and at least `FLOOR` times
    the largest absolute value of ``expected``.
    Raises ValueError if PyTorch's own run is not finite, or if its rounding is so large
    that almost any result would count as the same.
    """
    scale = float(np.max(np.abs(expected)))
    if not SLACK * yardstick < CEILING * scale < np.inf:
        message = (
            f"float32 and float64 are {yardstick:.2g} apart in PyTorch's own run, "
            f"whose largest value is {scale:.2g}: choose values that do not diverge"
        )
        raise ValueError(message)
    return max(SLACK * yardstick, FLOOR * scale)


def verdict(
    expected: np.ndarray,
    actual: np.ndarray,
    yardstick: float,
    change: tuple[float, float] | None,
) -> Verdict:
    """Return the verdict of one run, except with own defaults.

    ``change`` holds the effects of the case's flag on the trajectories of PyTorch and
    of MindSpore; None if unknown.
    """
    limit = tolerance(expected, yardstick)
    absolute, _ = deviations(expected, actual)
    if absolute <= limit:
        return "same"
    if is_frozen(actual):
        return "frozen"
    if change and change[0] > limit and change[1] <= FLOOR * np.max(np.abs(actual)):
        return "ignored"
    return "differs"


def change_verdict(
    expected: np.ndarray,
    actual: np.ndarray,
    yardstick: float,
    effects: tuple[float, float],
    before: float,
) -> Verdict:
    """Return the verdict of a hyperparameter that was changed during training.

    ``effects`` are the effects of the change on the runs of PyTorch and of MindSpore;
    ``before`` is the deviation between both without the change.
    """
    limit = tolerance(expected, yardstick)
    if effects[0] > CLEAR * ADDED * before:
        limit = max(limit, ADDED * before)
    if deviations(expected, actual)[0] <= limit:
        return "same"
    scale = float(np.max(np.abs(expected)))
    return "ignored" if effects[1] <= FLOOR * scale else "differs"


def resume_verdict(unbroken: np.ndarray, deviation: float | None) -> Verdict:
    """Return the verdict of a resumed run from its deviation (None on failure)."""
    if deviation is None:
        return "fails"
    if is_frozen(unbroken):
        return "frozen"
    scale = float(np.max(np.abs(unbroken)))
    return "same" if deviation <= FLOOR * scale else "differs"


def is_frozen(points: np.ndarray) -> bool:
    """Return whether no step changes the parameters."""
    return np.array_equal(points, np.broadcast_to(points[0], points.shape))


def with_defaults(measurements: Iterable[Measurement]) -> Iterable[Measurement]:
    """Replace "differs" with "defaults-differ" for own defaults if matching helps."""
    found = list(measurements)
    matched = {m.key.mode: m.verdict for m in found if m.case == MATCHED}
    for m in found:
        same = matched.get(m.key.mode) == "same"
        if m.case == OWN_DEFAULTS and m.verdict == "differs" and same:
            yield replace(m, verdict="defaults-differ")
        else:
            yield m


def by_case(
    measurements: Iterable[Measurement],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cases that are the same in every run, and all other cases, in order.

    Omits the cases that `pair_verdict` omits.
    """
    found: dict[str, set[Verdict]] = {}
    for m in measurements:
        if not m.details.missing:
            found.setdefault(m.case, set()).add(m.verdict)
    same = tuple(case for case, given in found.items() if given == {"same"})
    return same, tuple(case for case in found if case not in same)


def pair_verdict(measurements: Iterable[Measurement]) -> PairVerdict | None:
    """Return the verdict of a pair from the verdicts of its runs; None without runs.

    Omits cases that change an argument that one side does not have.
    The pair is "fails" or "frozen" if any run with matched arguments is.
    Otherwise it is "differs" if a case other than own defaults differs, fails or is
    frozen, and "ignored" if such a case ignores its argument; but it is "same-except"
    if the matched arguments, and at least half of the cases, are the same in every run.
    """
    found = [m for m in measurements if not m.details.missing]
    if not found:
        return None
    matched = {m.verdict for m in found if m.case == MATCHED}
    for bad in ("fails", "frozen"):
        if bad in matched:
            return bad
    same, rest = by_case(found)
    is_close = MATCHED in same and len(same) >= len(rest)
    others = {m.verdict for m in found if m.case != OWN_DEFAULTS}
    if others & {"differs", "fails", "frozen"}:
        return "same-except" if is_close else "differs"
    if "ignored" in others:
        return "same-except" if is_close else "ignored"
    own = {m.verdict for m in found if m.case == OWN_DEFAULTS}
    return "same" if own <= {"same"} else "defaults-differ"
