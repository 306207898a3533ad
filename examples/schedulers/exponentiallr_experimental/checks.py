import warnings

from crosswalk import expect
from shared import rates_of_scheduler


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `ExponentialLR` with
    `gamma=0.9`, with the two groups of the example, matches the weights of
    PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """`ExponentialLR` of `mindspore.experimental.optim` with `gamma=0.9`, with
    the two groups of the example, matches the learning rates of PyTorch after
    each of 40 steps, to within 1e-6 of the largest one.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def whole_gamma_raises(pytorch, mindspore):
    """`ExponentialLR` of `mindspore.experimental.optim` raises a `TypeError`
    at construction if `gamma` is the `int` 1, which PyTorch accepts.
    """
    rates = rates_of_scheduler(
        pytorch, lambda lr, o: lr.ExponentialLR(o, gamma=1), 5
    )
    expect.equal(5, len(rates), name="pytorch")
    expect.raises(
        TypeError,
        lambda: rates_of_scheduler(
            mindspore,
            lambda lr, o: lr.ExponentialLR(o, gamma=1),
            5,
        ),
        match="'gamma' must be float",
        name="mindspore",
    )


def last_epoch_steps_again(pytorch, mindspore):
    """Resumed with `last_epoch=11` and `gamma=0.9` on a group that holds the
    current learning rate and its `initial_lr` of 0.1, PyTorch's
    `ExponentialLR` continues from that learning rate. In
    `mindspore.experimental.optim`, `ExponentialLR` takes one extra step at
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
    scheduler = side.optim.lr_scheduler.ExponentialLR(
        optimizer, 0.9, last_epoch=last_epoch
    )
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates
