"""From trajectories to deviations and verdicts; all computed, nothing typed."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from crosswalk.parity.measurement import Measurement, Verdict
from crosswalk.parity.model import MATCHED, OWN_DEFAULTS

# How many times PyTorch's own rounding two equal formulas may be apart: those that
# are equal were seen up to 20 times apart, other formulas from 40 times on.
SLACK = 30.0
# What float32 can tell apart, relative to the largest value.
FLOOR = 1.5e-6
# A tolerance above this, relative to the largest value, could not tell anything.
CEILING = 1e-3
# Where the frameworks differ without a change of a hyperparameter already: how much
# of that the change may add, and how many times as far it must move PyTorch to be
# told from that.
ADDED = CLEAR = 10.0


def deviations(expected: np.ndarray, actual: np.ndarray) -> tuple[float, float]:
    """Return the largest absolute deviation, and relative to max ``|expected|``.

    A value that is not finite makes them infinite.
    """
    if not (np.isfinite(expected) & np.isfinite(actual)).all():
        return float("inf"), float("inf")
    absolute = float(np.max(np.abs(actual - expected)))
    scale = float(np.max(np.abs(expected)))
    return absolute, absolute / scale if scale else absolute


def tolerance(expected: np.ndarray, yardstick: float) -> float:
    """Return the largest absolute deviation that counts as the same.

    It is `SLACK` times the yardstick, and no less than `FLOOR` times the
    largest absolute value of ``expected``.
    Raises ValueError where PyTorch's own run is not finite, or its rounding grows
    so large that almost anything would be the same: such a case shows nothing.
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
    """Return the verdict of one run, own defaults aside.

    ``change`` says how far the case's flag moves PyTorch's trajectory and
    MindSpore's own; None where that is not known.
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
    """Return the verdict of a hyperparameter that was changed while training.

    ``effects`` say how far the change moves PyTorch's run and MindSpore's own,
    ``before`` how far the two are from each other without it.
    """
    limit = tolerance(expected, yardstick)
    if effects[0] > CLEAR * ADDED * before:
        limit = max(limit, ADDED * before)
    if deviations(expected, actual)[0] <= limit:
        return "same"
    scale = float(np.max(np.abs(expected)))
    return "ignored" if effects[1] <= FLOOR * scale else "differs"


def resume_verdict(unbroken: np.ndarray, deviation: float | None) -> Verdict:
    """Return the verdict of a resumed run, from its deviation, None if it failed."""
    if deviation is None:
        return "fails"
    if is_frozen(unbroken):
        return "frozen"
    scale = float(np.max(np.abs(unbroken)))
    return "same" if deviation <= FLOOR * scale else "differs"


def is_frozen(points: np.ndarray) -> bool:
    """Say whether no step moves anything."""
    return np.array_equal(points, np.broadcast_to(points[0], points.shape))


def with_defaults(measurements: Iterable[Measurement]) -> Iterable[Measurement]:
    """Turn "differs" with own defaults into "defaults-differ" where matching helps."""
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
    """Return the cases that are the same in every run, and the others, in order.

    Those that `pair_verdict` leaves out are in neither.
    """
    found: dict[str, set[Verdict]] = {}
    for m in measurements:
        if not m.details.missing:
            found.setdefault(m.case, set()).add(m.verdict)
    same = tuple(case for case, given in found.items() if given == {"same"})
    return same, tuple(case for case in found if case not in same)


def pair_verdict(measurements: Iterable[Measurement]) -> Verdict | None:
    """Return the verdict of a pair, from those of its runs; None without any.

    Cases that change what one side does not have are left out: there is
    nothing that could be the same.
    A pair fails or does nothing if it does so with matched arguments, in any
    mode; it differs if any case does not give the same steps.
    """
    found = [m for m in measurements if not m.details.missing]
    if not found:
        return None
    matched = {m.verdict for m in found if m.case == MATCHED}
    for bad in ("fails", "frozen"):
        if bad in matched:
            return bad
    others = {m.verdict for m in found if m.case != OWN_DEFAULTS}
    if others & {"differs", "fails", "frozen"}:
        return "differs"
    if "ignored" in others:
        return "ignored"
    own = {m.verdict for m in found if m.case == OWN_DEFAULTS}
    return "same" if own <= {"same"} else "defaults-differ"
