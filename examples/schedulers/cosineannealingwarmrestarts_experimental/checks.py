import math
import warnings
from itertools import accumulate

from crosswalk import expect
from shared import compile_step


def same_weights(pytorch, mindspore):
    """With `step()` called without an epoch and not compiled, with the two
    groups of the example, `T_0=5`, `T_mult=2` and `eta_min=0.005`, `SGD` of
    `mindspore.experimental.optim` under `CosineAnnealingWarmRestarts` matches
    the weights of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """With `step()` called without an epoch and not compiled, with the two
    groups of the example, `T_0=5`, `T_mult=2` and `eta_min=0.005`,
    `CosineAnnealingWarmRestarts` of `mindspore.experimental.optim` matches the
    learning rates of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def fractional_epochs(pytorch, mindspore):
    """With `T_0=5` and the default `T_mult=1`, the uncompiled `step(epoch + i
    / n)` of `CosineAnnealingWarmRestarts` of `mindspore.experimental.optim`,
    with 3, 4 or 10 for `n`, matches PyTorch's learning rates over eight
    epochs. A sum of tenths such as 4.999999999999998 is rounded to float32,
    here 5.0, and restarts one call before PyTorch.
    """
    for parts in (3, 4, 10):
        epochs = [
            epoch + i / parts
            for epoch in range(8)
            for i in range(parts)
        ]
        theirs = _at(pytorch, epochs, T_mult=1)
        ours = _at(mindspore, epochs, T_mult=1)
        expect.close(theirs, ours, name=f"both_{parts}")
    epochs = list(accumulate([0.1] * 50, initial=0.0))
    expect.equal(4.999999999999998, epochs[-1], name="sum")
    theirs = _at(pytorch, epochs, T_mult=1)
    ours = _at(mindspore, epochs, T_mult=1)
    expect.close(theirs[:-1], ours[:-1], name="before_the_sum")
    expect.close([0.0, 0.1], [theirs[-1], ours[-1]], name="at_it")


def fractions_with_growing_periods_raise(pytorch, mindspore):
    """With `T_0=5` and `T_mult=2` or 3, the uncompiled `step(epoch)` of
    `CosineAnnealingWarmRestarts` in `mindspore.experimental.optim` raises a
    `TypeError` for the epochs 5, 7.25 and 40, after the first restart, because
    it calls `ops.Log` with a base. For the epochs 0, 2.5 and 4.75, its
    learning rates match PyTorch, which at 5 starts the second period.
    """
    before = [0, 2.5, 4.75]
    for T_mult in (2, 3):
        theirs = _at(pytorch, [*before, 5], T_mult=T_mult)
        expect.close(0.1, theirs[-1], name=f"pytorch_{T_mult}")
        ours = _at(mindspore, before, T_mult=T_mult)
        expect.close(theirs[:-1], ours, name=f"before_{T_mult}")
        for epoch in (5, 7.25, 40):
            expect.raises(
                TypeError,
                lambda epoch=epoch, T_mult=T_mult: _at(
                    mindspore, [epoch], T_mult=T_mult
                ),
                match="Log.__call__",
                name=f"mindspore_{T_mult}_{epoch}",
            )


def lambda_stands_in(pytorch, mindspore):
    """For quarters of an epoch with `T_0=5` and `T_mult=2`, a `LambdaLR` of
    `mindspore.experimental.optim` with the formula of the restarts, stepped
    with the uncompiled `step(epoch)`, matches the learning rates of PyTorch's
    `CosineAnnealingWarmRestarts` over 16 epochs.
    """
    epochs = [quarter / 4 for quarter in range(64)]
    theirs = _at(pytorch, epochs, T_mult=2)
    optimizer = mindspore.optim.SGD(
        [mindspore.net.weight], lr=0.1
    )
    scheduler = mindspore.optim.lr_scheduler.LambdaLR(
        optimizer, _factor
    )
    rates = []
    for epoch in epochs:
        scheduler.step(epoch)
        rates.append(float(scheduler.get_last_lr()[0]))
    expect.close(theirs, rates, name="rates")


def compiled_step_raises(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `CosineAnnealingWarmRestarts` of `mindspore.experimental.optim`, with
    `T_0=5` and `T_mult` 1 or 2, raises a `TypeError` at the first call.
    """
    make = (
        mindspore.optim.lr_scheduler.CosineAnnealingWarmRestarts
    )
    for T_mult, match in (
        (1, "Data type conversion"),
        (2, "number of inputs"),
    ):
        optimizer = mindspore.optim.SGD(
            [mindspore.net.weight], lr=0.1
        )
        scheduler = make(optimizer, T_0=5, T_mult=T_mult)
        expect.raises(
            TypeError,
            compile_step(mindspore, scheduler),
            match=match,
            name=f"T_mult_{T_mult}",
        )


def _factor(epoch):
    start, period = 0, 5
    while epoch >= start + period:
        start, period = start + period, period * 2
    return (
        1 + math.cos(math.pi * (float(epoch) - start) / period)
    ) / 2


def _at(side, epochs, T_mult):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    make = side.optim.lr_scheduler.CosineAnnealingWarmRestarts
    scheduler = make(optimizer, T_0=5, T_mult=T_mult)
    rates = []
    for epoch in epochs:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step(epoch)
        rates.append(float(scheduler.get_last_lr()[0]))
    return rates


def last_epoch_behind_restarts(pytorch, mindspore):
    """Given `last_epoch=14` with `T_0=4` and the default `T_mult=1`, behind
    three restarts, PyTorch's `CosineAnnealingWarmRestarts` continues within
    the fourth period. In `mindspore.experimental.optim`,
    `CosineAnnealingWarmRestarts` subtracts a single period at each step, so
    its first three learning rates belong to the steps 11, 8 and 5 of a period
    of 4. With `last_epoch` up to 6, both continue alike; with 7, the first
    learning rate of MindSpore is 0.0 instead of 0.1.
    """
    theirs = _rates_from(pytorch, 14)
    ours = _rates_from(mindspore, 14)
    for name, rates, steps in (
        ("pytorch", theirs, [3, 0, 1, 2, 3, 0]),
        ("mindspore", ours, [11, 8, 5, 2, 3, 0]),
    ):
        law = [
            (1 + math.cos(math.pi * i / 4)) / 20 for i in steps
        ]
        expect.close(law, rates, name=name)
    expect.apart(theirs, ours, at_least=0.1, name="apart")
    for last_epoch in range(7):
        expect.close(
            _rates_from(pytorch, last_epoch),
            _rates_from(mindspore, last_epoch),
            name=f"last_epoch_{last_epoch}",
        )
    first = _rates_from(pytorch, 7)[0]
    expect.close(0.1, first, name="pytorch_7")
    first = _rates_from(mindspore, 7)[0]
    expect.close(0.0, first, name="mindspore_7")


def _rates_from(side, last_epoch):
    group = {
        "params": [side.net.weight],
        "lr": 0.1,
        "initial_lr": 0.1,
    }
    optimizer = side.optim.SGD([group], lr=0.1)
    make = side.optim.lr_scheduler.CosineAnnealingWarmRestarts
    scheduler = make(optimizer, T_0=4, last_epoch=last_epoch)
    rates = []
    for _ in range(6):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates
