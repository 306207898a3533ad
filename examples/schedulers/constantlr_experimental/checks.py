import math
import warnings

from crosswalk import expect
from shared import compile_step, rates_of_scheduler


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `ConstantLR` with
    `factor=0.5` and `total_iters=25`, with the two groups of the example,
    matches the weights of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """`ConstantLR` of `mindspore.experimental.optim` with `factor=0.5` and
    `total_iters=25`, with the two groups of the example, matches the learning
    rates of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `ConstantLR` of `mindspore.experimental.optim` with `factor=0.5` and
    `total_iters=5` matches the learning rates of PyTorch over 10 steps from a
    base of 0.1, to within 5e-6 of the largest.
    """
    rates = []
    for side in (pytorch, mindspore):
        optimizer = side.optim.SGD([side.net.weight], lr=0.1)
        scheduler = side.optim.lr_scheduler.ConstantLR(
            optimizer, 0.5, 5
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


def factor_zero_gives_nan(pytorch, mindspore):
    """With `factor=0.0` and a `total_iters` of 1, 3 or 5, PyTorch's `step()`
    number `total_iters` raises a `ZeroDivisionError`. In
    `mindspore.experimental.optim`, if `step()` is not compiled, the learning
    rate becomes NaN without an error, because zero is divided by zero.
    """
    for total_iters in (1, 3, 5):
        name = f"after_{total_iters}"
        make = _from_zero(total_iters)
        rates = rates_of_scheduler(pytorch, make, total_iters - 1)
        expect.equal(
            [0.0] * (total_iters - 1),
            rates,
            name=f"pytorch_before_{total_iters}",
        )
        expect.raises(
            ZeroDivisionError,
            lambda make=make, total_iters=total_iters: (
                rates_of_scheduler(pytorch, make, total_iters)
            ),
            match="division by zero",
            name=f"pytorch_{name}",
        )
        ours = rates_of_scheduler(
            mindspore, make, total_iters + 1
        )
        expect.close(
            [0.0] * total_iters,
            ours[:-1],
            name=f"mindspore_before_{name}",
        )
        expect.equal(
            True, math.isnan(ours[-1]), name=f"is_nan_{name}"
        )


def _from_zero(total_iters):
    def make(lr_scheduler, optimizer):
        return lr_scheduler.ConstantLR(
            optimizer, 0.0, total_iters=total_iters
        )

    return make
