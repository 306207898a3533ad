import warnings

from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under a `SequentialLR` of `LinearLR` and `CosineAnnealingLR`, with two groups, matches the weights of PyTorch after each of 40 steps."""
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """A `SequentialLR` of `LinearLR` and `CosineAnnealingLR` of `mindspore.experimental.optim` gives two groups the rates of PyTorch after each of 40 steps."""
    expect.close(
        pytorch.rates,
        mindspore.rates,
        tolerance=5e-06,
        name="every_step",
    )


def compiled_step(pytorch, mindspore):
    """Inside a function compiled with `ms.jit`, `step()` of `SequentialLR` moves the rate as PyTorch's does, over 10 steps and two milestones."""
    optimizer = mindspore.optim.SGD(
        [mindspore.net.weight], lr=0.1
    )
    scheduler = _flat(mindspore.optim.lr_scheduler, optimizer)

    @mindspore.ms.jit
    def step():
        return scheduler.step()

    rates = [float(scheduler.get_last_lr()[0])]
    for _ in range(9):
        step()
        rates.append(float(scheduler.get_last_lr()[0]))
    theirs = _rates(pytorch, _flat, 10)
    expect.close(theirs, rates, tolerance=5e-6, name="rates")


def milestone_zero_keeps_the_first(pytorch, mindspore):
    """With a milestone at 0, PyTorch starts with the second scheduler and `mindspore.experimental.optim` with the first, whose first rate stays the base of the second."""
    theirs = _rates(pytorch, _from_zero, 4)
    expect.close(
        [0.1, 0.05, 0.025, 0.0125], theirs, name="pytorch"
    )
    ours = _rates(mindspore, _from_zero, 4)
    expect.close(
        [0.01, 0.01, 0.005, 0.0025], ours, name="mindspore"
    )


def nested_sequence_starts_too_high(pytorch, mindspore):
    """A `SequentialLR` inside another starts the warm-up of `mindspore.experimental.optim` at 3.25 times the full rate, where PyTorch starts at a tenth of it: the counter of the warm-up is not taken back, and its step from the first rate to the second is applied to the full rate."""
    theirs = _rates(pytorch, _nested, 2)
    expect.close([0.01, 0.0325], theirs, name="pytorch")
    ours = _rates(mindspore, _nested, 2)
    expect.close([0.325, 0.55], ours, name="mindspore")
    law = 0.1 * (1 + 0.9 / (4 * 0.1))
    expect.close(law, ours[0], name="second_step_of_the_warm_up")


def flat_sequence_stands_in(pytorch, mindspore):
    """The same three schedulers in one flat `SequentialLR` give equal rates in both."""
    theirs = _rates(pytorch, _flat, 10)
    ours = _rates(mindspore, _flat, 10)
    expect.close(theirs, ours, tolerance=5e-6, name="rates")


def plateau_is_refused_late(pytorch, mindspore):
    """PyTorch's `SequentialLR` refuses a `ReduceLROnPlateau` with a `ValueError` when it is made; that of `mindspore.experimental.optim` takes it and raises a `TypeError` at the milestone."""
    expect.raises(
        ValueError,
        lambda: _rates(pytorch, _plateau, 1),
        match="does not support `ReduceLROnPlateau`",
        name="pytorch",
    )
    expect.equal(
        2, len(_rates(mindspore, _plateau, 2)), name="taken"
    )
    expect.raises(
        TypeError,
        lambda: _rates(mindspore, _plateau, 4),
        match="metrics",
        name="mindspore",
    )


def _from_zero(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4),
        lr_scheduler.ExponentialLR(optimizer, 0.5),
    ]
    return lr_scheduler.SequentialLR(optimizer, parts, [0])


def _nested(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4),
        lr_scheduler.ExponentialLR(optimizer, 0.5),
    ]
    inner = lr_scheduler.SequentialLR(optimizer, parts, [3])
    last = lr_scheduler.CosineAnnealingLR(optimizer, 6)
    return lr_scheduler.SequentialLR(
        optimizer, [inner, last], [6]
    )


def _flat(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4),
        lr_scheduler.ExponentialLR(optimizer, 0.5),
        lr_scheduler.CosineAnnealingLR(optimizer, 6),
    ]
    return lr_scheduler.SequentialLR(optimizer, parts, [3, 6])


def _plateau(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.ExponentialLR(optimizer, 0.5),
        lr_scheduler.ReduceLROnPlateau(optimizer),
    ]
    return lr_scheduler.SequentialLR(optimizer, parts, [3])


def _rates(side, make, steps):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    scheduler = make(side.optim.lr_scheduler, optimizer)
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates


def last_epoch_is_no_resumption(pytorch, mindspore):
    """With `last_epoch=14`, behind the milestone, `SequentialLR` resumes in neither: both start at the first rate of the first scheduler; at the next step PyTorch's `ExponentialLR` already decays that rate and that of `mindspore.experimental.optim` first keeps it."""
    expect.close(
        [0.025, 0.0225, 0.02025], _behind(pytorch), name="pytorch"
    )
    expect.close(
        [0.025, 0.025, 0.0225],
        _behind(mindspore),
        name="mindspore",
    )


def _behind(side):
    lr_scheduler = side.optim.lr_scheduler
    group = {
        "params": [side.net.weight],
        "lr": 0.07,
        "initial_lr": 0.1,
    }
    optimizer = side.optim.SGD([group], lr=0.1)
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.25, total_iters=10),
        lr_scheduler.ExponentialLR(optimizer, 0.9),
    ]
    scheduler = lr_scheduler.SequentialLR(
        optimizer, parts, [10], last_epoch=14
    )
    rates = []
    for _ in range(3):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates
