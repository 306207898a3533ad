"""The assertions of checks fail when they should, and record what they measured."""

import mindspore as ms
import numpy as np
import pytest
import torch

from crosswalk import expect


def test_close_divides_by_the_largest_expected_magnitude() -> None:
    """The deviation is relative to the scale of the expected numbers."""
    assert expect.close([2.0, -4.0], [2.0, -4.2], tolerance=0.1) == pytest.approx(0.05)


def test_close_is_absolute_where_all_is_zero() -> None:
    """With nothing but zeros expected, the difference itself counts."""
    assert expect.close([0.0, 0.0], [0.0, 1e-9]) == pytest.approx(1e-9)


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (1.0, 1.1),
        ([1.0, 2.0], [2.0, 1.0]),
        (np.ones(2), np.array([1.0, np.nan])),
        (np.array([np.nan, 1.0]), np.ones(2)),
        (np.ones(2), np.ones(3)),
        (np.ones((2, 1)), np.ones(2)),
        ([], []),
    ],
)
def test_close_fails_on_what_differs(expected: object, actual: object) -> None:
    """Values, order, shapes, not-a-number and nothing at all are differences."""
    with pytest.raises(AssertionError, match="expected"):
        expect.close(expected, actual)


def test_close_takes_tensors_of_both_frameworks() -> None:
    """Tensors, parameters and nested lists are compared by value."""
    theirs = [torch.nn.Parameter(torch.ones(2)), 3.0]
    ours = [ms.Parameter(ms.Tensor([1.0, 1.0])), 3]
    assert expect.close(theirs, ours) == 0.0


@pytest.mark.parametrize("actual", ["text", None, object()])
def test_close_refuses_what_is_no_number(actual: object) -> None:
    """Comparing something else than numbers is an error, not a pass."""
    with pytest.raises(TypeError, match="expected numbers"):
        expect.close(1.0, actual)


def test_apart_fails_when_the_difference_is_gone() -> None:
    """A pinned difference fails as soon as the values agree, or are no numbers."""
    assert expect.apart(1.0, 1.5, at_least=0.4) == pytest.approx(0.5)
    for actual in (1.0, float("nan")):
        with pytest.raises(AssertionError, match="at least"):
            expect.apart(1.0, actual, at_least=0.4)


@pytest.mark.parametrize(
    ("expected", "actual"), [(1, 2), (1, True), (1, 1.0), ("1", 1)]
)
def test_equal_compares_type_and_value(expected: object, actual: object) -> None:
    """Values of different types are different."""
    with pytest.raises(AssertionError, match="expected"):
        expect.equal(expected, actual)


def test_raises_wants_the_type_and_the_message() -> None:
    """Another type, another message, or no exception at all is a failure."""
    with expect.collect() as records:
        expect.raises(ZeroDivisionError, lambda: 1 / 0, match="division")
    (record,) = records
    assert record["exception"] == "ZeroDivisionError"
    assert record["message"] == "division by zero"
    for kind, call, match in (
        (ValueError, lambda: 1 / 0, "division"),
        (ZeroDivisionError, lambda: 1 / 0, "addition"),
        (ZeroDivisionError, lambda: 1, "division"),
    ):
        with pytest.raises(AssertionError, match="error: expected"):
            expect.raises(kind, call, match=match)


def test_records_hold_figures_and_bounds() -> None:
    """A record names the figure, what it was and what was wanted, also on failure."""
    with expect.collect() as records:
        expect.close(1.0, 1.0, tolerance=1e-3, name="weights")
        with pytest.raises(AssertionError):
            expect.equal("lr", "learning_rate", name="argument")
    assert records == [
        {"kind": "close", "name": "weights", "deviation": 0.0, "tolerance": 1e-3},
        {
            "kind": "equal",
            "name": "argument",
            "expected": "lr",
            "actual": "learning_rate",
        },
    ]


def test_addresses_are_hidden() -> None:
    """Memory addresses, which differ from run to run, do not reach a record."""
    assert expect.normalise("<Cell at 0x7f12ab34cd>") == "<Cell at 0x…>"
