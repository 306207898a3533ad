"""Verdicts are computed from trajectories."""

from dataclasses import replace

import numpy as np
import pytest

from crosswalk.parity import verdicts
from crosswalk.parity.measurement import Measurement, TrainingDetails
from crosswalk.parity.model import MATCHED, OWN_DEFAULTS

STEPS = np.arange(1.0, 51.0).reshape(50, 1)
YARDSTICK = 1e-6


@pytest.mark.parametrize(
    ("actual", "change", "expected"),
    [
        (STEPS, None, "same"),
        (STEPS + 1e-5, None, "same"),
        (STEPS + 1e-2, None, "differs"),
        (np.ones_like(STEPS), None, "frozen"),
        (STEPS * 2, (3.0, 0.0), "ignored"),
        (STEPS * 2, (3.0, 1.0), "differs"),
        (STEPS * 2, (0.0, 0.0), "differs"),
        (np.full_like(STEPS, np.nan), None, "differs"),
    ],
)
def test_verdict(
    actual: np.ndarray, change: tuple[float, float] | None, expected: str
) -> None:
    """The size of the deviation decides, then what moved at all."""
    assert expected == verdicts.verdict(STEPS, actual, YARDSTICK, change)


def test_a_run_that_diverges_shows_nothing() -> None:
    """A setting with which PyTorch itself overflows is refused."""
    endless = np.full_like(STEPS, np.inf)
    with pytest.raises(ValueError, match="choose values that do not diverge"):
        verdicts.verdict(endless, endless, YARDSTICK, None)


def test_a_tolerance_that_lets_anything_pass_is_refused() -> None:
    """A setting in which rounding grows to what could be a difference shows nothing."""
    with pytest.raises(ValueError, match=r"0\.01 apart .* largest value is 50"):
        verdicts.tolerance(STEPS, 1e-2)


def row(
    case: str, verdict: str, missing: tuple[str, ...] = (), **others: object
) -> Measurement:
    """Return a measurement of ``case`` with ``verdict``."""
    details = TrainingDetails({}, {}, missing=missing)
    head = ("pair", "trajectory", case, "pynative", verdict, details)
    return replace(Measurement(*head, "own", 50, 0.0), **others)


MOST_DIFFER = [row("eps", "differs"), row("momentum", "differs")]


def test_defaults_are_the_cause_where_matching_helps() -> None:
    """Own defaults differ only because of the defaults, if matched ones do not."""
    rows = [row(OWN_DEFAULTS, "differs"), row(MATCHED, "same")]
    found = [m.verdict for m in verdicts.with_defaults(rows)]
    assert ["defaults-differ", "same"] == found


def test_defaults_are_not_the_cause_where_matching_does_not_help() -> None:
    """A pair that differs with matched arguments differs with its own."""
    rows = [row(OWN_DEFAULTS, "differs"), row(MATCHED, "differs")]
    found = [m.verdict for m in verdicts.with_defaults(rows)]
    assert ["differs", "differs"] == found


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], None),
        ([row(OWN_DEFAULTS, "same"), row(MATCHED, "same")], "same"),
        ([row(OWN_DEFAULTS, "differs"), row(MATCHED, "same")], "defaults-differ"),
        ([row(MATCHED, "same"), row("nesterov", "ignored")], "same-except"),
        ([row(MATCHED, "same"), row("eps", "fails")], "same-except"),
        ([row(MATCHED, "same"), *MOST_DIFFER], "differs"),
        ([row(MATCHED, "same"), row("a", "ignored"), row("b", "ignored")], "ignored"),
        ([row(MATCHED, "same"), row(MATCHED, "differs", mode="jit")], "differs"),
        (
            [row(MATCHED, "same"), row("a", "differs", ("a",)), row("b", "ignored")],
            "same-except",
        ),
        ([row(MATCHED, "frozen"), row(MATCHED, "same", mode="jit")], "frozen"),
        ([row(MATCHED, "fails"), row("eps", "fails")], "fails"),
        (
            [row(MATCHED, "same"), row("maximize", "differs", missing=("maximize",))],
            "same",
        ),
    ],
)
def test_verdict_of_a_pair(rows: list[Measurement], expected: str | None) -> None:
    """The worst case counts, but a pair with few exceptions is the same except these.

    An argument that one side lacks does not count.
    """
    assert expected == verdicts.pair_verdict(rows)


def test_cases_are_split_into_the_same_and_the_others() -> None:
    """A case is the same if it is in every run; one without counterpart is neither."""
    rows = [
        row(MATCHED, "same"),
        row("maximize", "same", mode="pynative"),
        row("maximize", "differs", mode="jit"),
        row("foreach", "differs", missing=("foreach",)),
        row("lr 0.5", "same"),
    ]
    assert ((MATCHED, "lr 0.5"), ("maximize",)) == verdicts.by_case(rows)
