import warnings

from crosswalk import expect
from shared import compile_step, rates_of_scheduler


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `LinearLR` with
    `start_factor=0.1` and `total_iters=20`, with the two groups of the
    example, matches the weights of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """`LinearLR` of `mindspore.experimental.optim` with `start_factor=0.1` and
    `total_iters=20`, with the two groups of the example, matches the learning
    rates of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `LinearLR` of `mindspore.experimental.optim` with `start_factor=0.1` and
    `total_iters=5` matches the learning rates of PyTorch over 10 steps from a
    base of 0.1, to within 5e-6 of the largest.
    """
    rates = []
    for side in (pytorch, mindspore):
        optimizer = side.optim.SGD([side.net.weight], lr=0.1)
        scheduler = side.optim.lr_scheduler.LinearLR(
            optimizer, 0.1, total_iters=5
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


def float_total_iters_raises(pytorch, mindspore):
    """`LinearLR` of `mindspore.experimental.optim` accepts `total_iters` only
    as an `int`: `20.0`, which PyTorch accepts, raises a `TypeError`. So do
    `total_iters=20.0` of `ConstantLR` and `PolynomialLR`, `T_max=20.0` of
    `CosineAnnealingLR` and `step_size=20.0` of `StepLR`.
    """
    for name, argument in (
        ("LinearLR", "total_iters"),
        ("ConstantLR", "total_iters"),
        ("PolynomialLR", "total_iters"),
        ("CosineAnnealingLR", "T_max"),
        ("StepLR", "step_size"),
    ):

        def make(lr, o, name=name, argument=argument):
            return getattr(lr, name)(o, **{argument: 20.0})

        rates = rates_of_scheduler(pytorch, make, 5)
        expect.equal(5, len(rates), name=f"{name}_pytorch")
        expect.raises(
            TypeError,
            lambda make=make: rates_of_scheduler(
                mindspore, make, 5
            ),
            match=f"{argument}.* must be int",
            name=f"{name}_mindspore",
        )


def last_epoch_steps_again(pytorch, mindspore):
    """Resumed with `last_epoch=11`, `total_iters=20` and the default
    `start_factor` on a group that holds the current learning rate and its
    `initial_lr` of 0.1, PyTorch's `LinearLR` continues from that learning
    rate. In `mindspore.experimental.optim`, `LinearLR` takes one extra step at
    construction and matches PyTorch over 15 steps if the group holds the
    learning rate of one step earlier.
    """
    whole = _resumed(pytorch, None, 28)
    theirs = _resumed(pytorch, whole[12], 15)
    expect.close(whole[12:27], theirs, name="pytorch")
    ours = _resumed(mindspore, whole[12], 15)
    expect.apart(whole[12], ours[0], at_least=0.02, name="apart")
    factor = (whole[12] - 0.0) / (whole[11] - 0.0)
    law = 0.0 + (whole[12] - 0.0) * factor
    expect.close(law, ours[0], name="one_more_step")
    ours = _resumed(mindspore, whole[11], 15)
    expect.close(whole[12:27], ours, name="rate_before")


def _resumed(side, rate, steps):
    group = {"params": [side.net.weight], "lr": 0.1}
    if rate is not None:
        group |= {"lr": rate, "initial_lr": 0.1}
    last_epoch = -1 if rate is None else 11
    optimizer = side.optim.SGD([group], lr=0.1)
    scheduler = side.optim.lr_scheduler.LinearLR(
        optimizer, total_iters=20, last_epoch=last_epoch
    )
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates
