import warnings

from crosswalk import expect
from shared import compile_step, rates_of_scheduler


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `StepLR` with
    `step_size=10` and `gamma=0.5`, with the two groups of the example, matches
    the weights of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """`StepLR` of `mindspore.experimental.optim` with `step_size=10` and
    `gamma=0.5`, with the two groups of the example, matches the learning rates
    of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `StepLR` of `mindspore.experimental.optim` with `step_size=3` and
    `gamma=0.5` matches the learning rates of PyTorch over 10 steps from a base
    of 0.1, to within 5e-6 of the largest.
    """
    rates = []
    for side in (pytorch, mindspore):
        optimizer = side.optim.SGD([side.net.weight], lr=0.1)
        scheduler = side.optim.lr_scheduler.StepLR(
            optimizer, 3, gamma=0.5
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


def whole_gamma_raises(pytorch, mindspore):
    """`StepLR` of `mindspore.experimental.optim` raises a `TypeError` at
    construction if `gamma` is the `int` 1, which PyTorch accepts.
    """
    rates = rates_of_scheduler(
        pytorch, lambda lr, o: lr.StepLR(o, 2, gamma=1), 5
    )
    expect.equal(5, len(rates), name="pytorch")
    expect.raises(
        TypeError,
        lambda: rates_of_scheduler(
            mindspore, lambda lr, o: lr.StepLR(o, 2, gamma=1), 5
        ),
        match="'gamma' must be float",
        name="mindspore",
    )
