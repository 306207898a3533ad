import inspect
import math

import numpy as np
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `ReduceLROnPlateau`, with two groups, matches the weights of PyTorch after each of 60 steps."""
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """`ReduceLROnPlateau` of `mindspore.experimental.optim` gives two groups the rates of PyTorch after each of 60 steps."""
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def rate_was_reduced(pytorch, mindspore):
    """In the 60 steps compared, `ReduceLROnPlateau` of PyTorch and of `mindspore.experimental.optim` halve the rate at least five times."""
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        halvings = math.log2(0.1 / side.rates[-1][0])
        expect.equal(True, halvings > 4.99, name=name)


def same_in_every_mode(pytorch, mindspore):
    """With `mode`, `threshold_mode`, `cooldown`, `min_lr` per group and `eps` set, `ReduceLROnPlateau` of `mindspore.experimental.optim` gives two groups PyTorch's rates over 40 noisy metrics."""
    noise = np.random.default_rng(1).normal(size=40)
    metrics = 4 / (4 + np.arange(40)) + 0.05 * noise
    for name, options in {
        "max": {"mode": "max", "patience": 2, "factor": 0.5},
        "cooldown": {
            "patience": 1,
            "threshold": 0.1,
            "cooldown": 3,
        },
        "abs": {
            "threshold_mode": "abs",
            "threshold": 0.05,
            "patience": 1,
        },
        "max_abs": {
            "mode": "max",
            "threshold_mode": "abs",
            "patience": 1,
        },
        "min_lr": {"min_lr": [0.01, 0.001], "patience": 1},
        "eps": {"eps": 0.02, "factor": 0.5, "patience": 0},
    }.items():
        theirs = _rates(pytorch, metrics, **options)
        expect.apart(
            theirs[:1],
            theirs[-1:],
            at_least=0.5,
            name=f"{name}_moves",
        )
        ours = _rates(mindspore, metrics, **options)
        expect.close(theirs, ours, name=name)


def metric_is_rounded(pytorch, mindspore):
    """`ReduceLROnPlateau` of `mindspore.experimental.optim` compares the metrics in float32: a metric that falls by 1 from 100000000 at every step, an improvement with `threshold=0.0` in PyTorch, counts as a plateau and the rate falls."""
    metrics = [1e8 - step for step in range(5)]
    options = {"patience": 1, "threshold": 0.0}
    theirs = _rates(pytorch, metrics, **options)
    expect.close(
        [0.1] * 5, [pair[0] for pair in theirs], name="pytorch"
    )
    ours = _rates(mindspore, metrics, **options)
    law = [0.1, 0.1, 0.01, 0.01, 0.001]
    expect.close(
        law, [pair[0] for pair in ours], name="mindspore"
    )


def threshold_hides_the_rounding(pytorch, mindspore):
    """The rounding of the metrics to float32 changes the rates of `ReduceLROnPlateau` of `mindspore.experimental.optim` only where the threshold is below the spacing of float32, about 1e-7 of the metric: metrics that fall by twice the threshold at every step give the rates of PyTorch with `threshold=1e-4`, the default, 1e-5 and 1e-6, and other rates with 1e-8. NaN and infinite metrics count as no improvement in both."""
    for threshold in (1e-4, 1e-5, 1e-6, 1e-8):
        metrics = [
            0.37 * (1 - 2 * threshold) ** i for i in range(8)
        ]
        options = {"patience": 1, "threshold": threshold}
        theirs = _rates(pytorch, metrics, **options)
        ours = _rates(mindspore, metrics, **options)
        name = f"threshold_{threshold:g}"
        if threshold > 1e-7:
            expect.close(theirs, ours, name=name)
        else:
            expect.apart(theirs, ours, at_least=0.5, name=name)
    nan, inf = float("nan"), float("inf")
    metrics = [1.0, 0.5, nan, nan, nan, 0.4, inf, 0.4, 0.4]
    theirs = _rates(pytorch, metrics, patience=1)
    ours = _rates(mindspore, metrics, patience=1)
    expect.apart(
        theirs[0], theirs[-1], at_least=0.5, name="falls"
    )
    expect.close(theirs, ours, name="nan_and_infinite")


def compiled_step(pytorch, mindspore):
    """Inside a function compiled with `ms.jit`, `step(metric)` of `ReduceLROnPlateau` of `mindspore.experimental.optim` gives the rates of PyTorch over 10 steps."""
    metrics = [1.0, 0.5, 0.5, 0.5, 0.5, 0.2, 0.3, 0.3, 0.3, 0.3]
    theirs = _rates(pytorch, metrics, patience=1, factor=0.5)
    optimizer = mindspore.optim.SGD(
        [mindspore.net.weight], lr=0.1
    )
    scheduler = mindspore.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, patience=1, factor=0.5
    )

    @mindspore.ms.jit
    def step(metric):
        return scheduler.step(metric)

    rates = []
    for metric in metrics:
        step(mindspore.ms.Tensor(metric, mindspore.ms.float32))
        rates.append(float(scheduler.get_last_lr()[0]))
    theirs = [pair[0] for pair in theirs]
    expect.apart([0.1] * 10, theirs, at_least=0.5, name="moves")
    expect.close(theirs, rates, name="rates")


def epoch_is_not_taken(pytorch, mindspore):
    """`step(metrics, epoch)` of `ReduceLROnPlateau` works in PyTorch; in `mindspore.experimental.optim` `step` takes the metrics only and raises a `TypeError`."""
    expect.equal(
        "epoch",
        list(
            inspect.signature(pytorch.scheduler.step).parameters
        )[1],
        name="pytorch",
    )
    expect.raises(
        TypeError,
        lambda: mindspore.scheduler.step(1.0, 3),
        match="positional",
        name="mindspore",
    )


def _rates(side, metrics, **options):
    groups = [
        {"params": [side.net.weight], "lr": 0.1},
        {"params": [side.net.bias], "lr": 0.05},
    ]
    optimizer = side.optim.SGD(groups, lr=0.1)
    make = side.optim.lr_scheduler.ReduceLROnPlateau
    scheduler = make(optimizer, **options)
    rates = []
    for metric in metrics:
        scheduler.step(float(metric))
        rates.append(
            [float(rate) for rate in scheduler.get_last_lr()]
        )
    return rates
