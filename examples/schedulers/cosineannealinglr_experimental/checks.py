import math
import warnings

import numpy as np
from crosswalk import expect
from shared import compile_step


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `CosineAnnealingLR` with
    `T_max=15` and `eta_min=0.005`, with the two groups of the example, matches
    the weights of PyTorch after each of 40 steps, to within 3e-6 of the
    largest one.
    """
    expect.close(
        pytorch.weights,
        mindspore.weights,
        tolerance=3e-06,
        name="every_step",
    )


def same_rates(pytorch, mindspore):
    """`CosineAnnealingLR` of `mindspore.experimental.optim` with `T_max=15`
    and `eta_min=0.005`, with the two groups of the example, matches the
    learning rates of PyTorch after each of 40 steps, to within 5e-6 of the
    largest one.
    """
    expect.close(
        pytorch.rates,
        mindspore.rates,
        tolerance=5e-06,
        name="every_step",
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `CosineAnnealingLR` of `mindspore.experimental.optim` with `T_max=5` and
    `eta_min=0.01` matches the learning rates of PyTorch over 10 steps from a
    base of 0.1, to within 5e-6 of the largest.
    """
    rates = []
    for side in (pytorch, mindspore):
        optimizer = side.optim.SGD([side.net.weight], lr=0.1)
        scheduler = side.optim.lr_scheduler.CosineAnnealingLR(
            optimizer, 5, 0.01
        )
        step = scheduler.step
        if side is mindspore:
            step = compile_step(mindspore, scheduler)
        rates.append([])
        for _ in range(10):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                step()
            rates[-1].append(
                float(optimizer.param_groups[0]["lr"])
            )
    expect.apart([0.1] * 10, rates[0], at_least=0.1, name="moves")
    expect.close(rates[0], rates[1], tolerance=5e-6, name="rates")


def nan_after_a_long_descent(pytorch, mindspore):
    """From a learning rate of 0.1 with `T_max=20000` and the default
    `eta_min`, entered at step 19995, the learning rate of `CosineAnnealingLR`
    in `mindspore.experimental.optim` becomes NaN at step 20000, if `step()` is
    not compiled, and stays NaN, and so do the weights. PyTorch reaches
    `eta_min` and rises again.
    """
    theirs = _end(pytorch, 20000)
    law = [_law(step, 20000) for step in range(19995, 20005)]
    expect.close(law, theirs, tolerance=1e-6, name="pytorch")
    ours = _end(mindspore, 20000)
    nan = [math.isnan(rate) for rate in ours]
    expect.equal([False] * 5 + [True] * 5, nan, name="is_nan")
    weight = mindspore.ms.Parameter(
        mindspore.weight, name="weight"
    )
    optimizer = mindspore.optim.SGD([weight], lr=0.1)
    rate = mindspore.ms.Tensor(ours[-1], mindspore.ms.float32)
    optimizer.param_groups[0]["lr"].copy_(rate)
    optimizer((mindspore.ms.ops.ones_like(weight),))
    expect.equal(
        True,
        bool(np.isnan(weight.asnumpy()).all()),
        name="weights",
    )


def zero_divided_by_zero(pytorch, mindspore):
    """With `T_max=20000`, the learning rate of `CosineAnnealingLR` in
    `mindspore.experimental.optim` becomes NaN because zero is divided by zero.
    The update divides by one plus the cosine of the previous step, which in
    float32 is 0 for `T_max=20000` and 2 to the power -24 for `T_max=10000`; at
    the end of the descent, it is not 0 for any `T_max` up to 12000. From a
    learning rate of 0.1 with the default `eta_min`, over the last five steps
    of the descent and the five after it, the learning rates stay finite with
    `T_max=10000` and 12000, and become NaN with 13000 and 50000.
    """

    def divisor(steps):
        angle = np.float32(math.pi * (steps - 1)) / np.float32(
            steps
        )
        return np.float32(1) + np.cos(angle)

    expect.equal(0.0, float(divisor(20000)), name="zero")
    expect.close(2.0**-24, divisor(10000), name="not_zero")
    lowest = min(divisor(steps) for steps in range(1, 12001))
    expect.equal(True, bool(lowest > 0), name="up_to_12000")
    steps = np.arange(1, 12001)
    angles = (math.pi * (steps - 1)).astype(np.float32)
    angles = mindspore.ms.Tensor(angles / steps.astype("f"))
    lowest = (1 + mindspore.ms.ops.cos(angles)).min()
    expect.equal(
        True, bool(lowest > 0), name="mindspore_up_to_12000"
    )
    for steps in (10000, 12000, 13000, 50000):
        finite = bool(np.isfinite(_end(mindspore, steps)).all())
        expect.equal(
            steps < 13000, finite, name=f"finite_{steps}"
        )


def rise_is_lost_after_a_long_descent(pytorch, mindspore):
    """From a learning rate of 0.1, with `T_max=10000` and `eta_min=0.05`,
    entered at step 9995, the learning rate of `CosineAnnealingLR` in
    `mindspore.experimental.optim` rises by less than a tenth of PyTorch's rise
    in the four steps after the end of the descent. From the same learning rate
    with `T_max=5000`, entered at step 4995, the rise over these steps is off
    by more than 2 percent with `eta_min=0.01` and by more than 10 percent with
    `eta_min=0.05`.
    """
    for steps, eta_min, off in (
        (10000, 0.05, 0.9),
        (5000, 0.05, 0.1),
        (5000, 0.01, 0.02),
    ):
        name = f"{steps}_{eta_min}"
        law = (0.1 - eta_min) * _law(steps + 4, steps) / 0.1
        theirs = _end(pytorch, steps, eta_min)[-1] - eta_min
        expect.close(law, theirs, name=f"pytorch_{name}")
        ours = _end(mindspore, steps, eta_min)[-1] - eta_min
        expect.apart(law, ours, at_least=off, name=name)


def closed_form_has_no_nan(pytorch, mindspore):
    """If it is not compiled, `scheduler.step(step)` of `CosineAnnealingLR` of
    `mindspore.experimental.optim` uses the closed form and, with `T_max=20000`
    and the default `eta_min`, stays within 1e-6 of the highest learning rate
    of PyTorch's formula. Compared are every 500th step, down and up again, and
    ten steps around the end of the descent.
    """
    _, scheduler = _at_end(mindspore, 20000)
    steps = [*range(0, 40001, 500), *range(19995, 20005)]
    rates = []
    for step in steps:
        scheduler.step(step)
        rates.append(float(scheduler.get_last_lr()[0]))
    law = [_law(step, 20000) for step in steps]
    expect.close(law, rates, name="rates")


def last_epoch_steps_again(pytorch, mindspore):
    """Resumed with `last_epoch=11`, `T_max=15` and `eta_min=0.005` on a group
    that holds the current learning rate and its `initial_lr` of 0.1, PyTorch's
    `CosineAnnealingLR` continues from that learning rate. In
    `mindspore.experimental.optim`, `CosineAnnealingLR` takes one extra step at
    construction and matches PyTorch over 15 steps, to within 1e-5 of the
    largest learning rate, if the group holds the learning rate of one step
    earlier.
    """
    whole = _resumed(pytorch, None, 28)
    theirs = _resumed(pytorch, whole[12], 15)
    expect.close(whole[12:27], theirs, name="pytorch")
    ours = _resumed(mindspore, whole[12], 15)
    expect.apart(whole[12], ours[0], at_least=0.02, name="apart")
    factor = (whole[12] - 0.005) / (whole[11] - 0.005)
    law = 0.005 + (whole[12] - 0.005) * factor
    expect.close(
        law, ours[0], tolerance=1e-05, name="one_more_step"
    )
    ours = _resumed(mindspore, whole[11], 15)
    expect.close(
        whole[12:27], ours, tolerance=1e-05, name="rate_before"
    )


def _resumed(side, rate, steps):
    group = {"params": [side.net.weight], "lr": 0.1}
    if rate is not None:
        group |= {"lr": rate, "initial_lr": 0.1}
    last_epoch = -1 if rate is None else 11
    optimizer = side.optim.SGD([group], lr=0.1)
    scheduler = side.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, 15, 0.005, last_epoch=last_epoch
    )
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates


def _end(side, steps, eta_min=0.0):
    _, scheduler = _at_end(side, steps, eta_min)
    rates = []
    for _ in range(10):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates


def _at_end(side, steps, eta_min=0.0):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    make = side.optim.lr_scheduler.CosineAnnealingLR
    scheduler = make(optimizer, steps, eta_min)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scheduler.step(steps - 5)
    return optimizer, scheduler


def _law(step, steps):
    return 0.1 * (1 + math.cos(math.pi * step / steps)) / 2
