from itertools import pairwise

from crosswalk import expect


def same_rates(pytorch, mindspore):
    """A `SequentialLR` of `mindspore.experimental.optim`, with a `LinearLR` of
    10 steps and a `CosineAnnealingLR` of 90 steps and the other arguments of
    the example, matches PyTorch's learning rates at each of 100 steps to
    within 5e-6 of the largest one.
    """
    expect.equal(100, len(pytorch.rates), name="steps")
    expect.close(
        pytorch.rates,
        mindspore.rates,
        tolerance=5e-06,
        name="every_step",
    )


def same_figure(pytorch, mindspore):
    """Both charts draw all 100 learning rates, which match to within 5e-6 of
    the largest one, rise to 0.1 until step 10 and then fall at each step.
    """
    curves = [_curve(side) for side in (pytorch, mindspore)]
    expect.close(*curves, tolerance=5e-06, name="curves")
    for side, curve in zip((pytorch, mindspore), curves):
        expect.close(side.rates, curve, name="drawn")
        steps = list(pairwise(curve))
        rising = [
            step for step, (a, b) in enumerate(steps) if b > a
        ]
        falling = [
            step for step, (a, b) in enumerate(steps) if b < a
        ]
        expect.equal(list(range(10)), rising, name="rises_after")
        expect.equal(
            list(range(10, 99)), falling, name="falls_after"
        )
        expect.close(0.1, curve[10], name="highest_rate")


def _curve(side):
    (line,) = side.axes.get_lines()
    return list(line.get_ydata())
