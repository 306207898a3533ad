import inspect
import math

import numpy as np
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `ReduceLROnPlateau`, with
    two groups and the arguments of the example, matches the weights of PyTorch
    after each of 60 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """`ReduceLROnPlateau` of `mindspore.experimental.optim`, with two groups
    and the arguments of the example, matches the learning rates of PyTorch
    after each of 60 steps.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def rate_was_reduced(pytorch, mindspore):
    """In the 60 steps of the example, with `factor=0.5`, `ReduceLROnPlateau`
    of PyTorch and of `mindspore.experimental.optim` halve the learning rate at
    least five times.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        halvings = math.log2(0.1 / side.rates[-1][0])
        expect.equal(True, halvings > 4.99, name=name)


def same_in_every_mode(pytorch, mindspore):
    """With two groups and one of six sets of arguments, which set `mode`,
    `threshold_mode`, `cooldown`, `min_lr` per group or `eps`, the uncompiled
    `step()` of `ReduceLROnPlateau` of `mindspore.experimental.optim` matches
    PyTorch's learning rates over the 40 noisy metrics of the check.
    """
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
    """If `step()` is not compiled, `ReduceLROnPlateau` of
    `mindspore.experimental.optim` compares the metrics in float32. With
    `threshold=0.0` and `patience=1`, a metric that falls by 1 from 100000000
    at every step is an improvement in PyTorch, but a plateau in MindSpore,
    which reduces the learning rate. With the default `patience` of 10, the
    learning rate does not change over 60 steps, because float32 sees a larger
    fall every few steps.
    """
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
    metrics = [1e8 - step for step in range(60)]
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        rates = _rates(side, metrics, threshold=0.0)
        expect.close(
            [0.1] * 60,
            [pair[0] for pair in rates],
            name=f"{name}_default_patience",
        )


def threshold_hides_the_rounding(pytorch, mindspore):
    """In the default `threshold_mode`, with an uncompiled `step()` and metrics
    that fall from 0.37 by twice the threshold at each of 8 steps,
    `ReduceLROnPlateau` of `mindspore.experimental.optim` matches the learning
    rates of PyTorch with `patience=1` and `threshold=1e-4`, the default, 1e-5
    and 1e-6. With 1e-8 and `patience=1`, the learning rates differ within 8
    steps, because the metrics are rounded to float32; with the default
    `patience` of 10, they match over 60 steps. With the default `mode="min"`,
    both frameworks count NaN and positive infinity as no improvement, and the
    first negative infinity as an improvement. With the default threshold and
    mode, only PyTorch counts a fall from 1.0 to 0.9998999999 as an
    improvement, and with `threshold_mode="abs"`, a fall by 0.0003 from 10000.
    """
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
    metrics = [0.37 * (1 - 2e-8) ** i for i in range(60)]
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        rates = _rates(side, metrics, threshold=1e-8)
        expect.close(
            [0.1] * 60,
            [pair[0] for pair in rates],
            name=f"{name}_default_patience",
        )
    nan, inf = float("nan"), float("inf")
    metrics = [1.0, 0.5, nan, nan, nan, 0.4, inf, 0.4, 0.4]
    theirs = _rates(pytorch, metrics, patience=1)
    ours = _rates(mindspore, metrics, patience=1)
    expect.apart(
        theirs[0], theirs[-1], at_least=0.5, name="falls"
    )
    expect.close(theirs, ours, name="nan_and_infinite")
    metrics = [1.0, 0.5, -inf, 0.4, 0.4, 0.4]
    law = [0.1, 0.1, 0.1, 0.1, 0.01, 0.01]
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        rates = _rates(side, metrics, patience=1)
        expect.close(
            law,
            [pair[0] for pair in rates],
            name=f"{name}_negative_infinity",
        )
    for mode, metrics in (
        ("rel", [1.0, 0.9998999999]),
        ("abs", [10000.0, 9999.9997]),
    ):
        options = {"patience": 0, "threshold_mode": mode}
        theirs = _rates(pytorch, metrics, **options)
        ours = _rates(mindspore, metrics, **options)
        expect.close(0.1, theirs[-1][0], name=f"{mode}_pytorch")
        expect.close(0.01, ours[-1][0], name=f"{mode}_mindspore")


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`,
    `step(metric)` of `ReduceLROnPlateau` of `mindspore.experimental.optim`
    matches the learning rates of PyTorch over the 10 metrics of the check with
    `patience=1` and `factor=0.5`, with a float or a Tensor without dimensions
    as the metric.
    """
    metrics = [1.0, 0.5, 0.5, 0.5, 0.5, 0.2, 0.3, 0.3, 0.3, 0.3]
    theirs = _rates(pytorch, metrics, patience=1, factor=0.5)
    theirs = [pair[0] for pair in theirs]
    expect.apart([0.1] * 10, theirs, at_least=0.5, name="moves")
    rates = _compiled_rates(mindspore, metrics)
    expect.close(theirs, rates, name="floats")
    float32 = mindspore.ms.float32
    metrics = [mindspore.ms.Tensor(m, float32) for m in metrics]
    rates = _compiled_rates(mindspore, metrics)
    expect.close(theirs, rates, name="tensors")


def _compiled_rates(side, metrics):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    scheduler = side.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, patience=1, factor=0.5
    )

    @side.ms.jit
    def step(metric):
        return scheduler.step(metric)

    rates = []
    for metric in metrics:
        step(metric)
        rates.append(float(scheduler.get_last_lr()[0]))
    return rates


def epoch_is_not_taken(pytorch, mindspore):
    """`step(metrics, epoch)` of `ReduceLROnPlateau` works in PyTorch. In
    `mindspore.experimental.optim`, `step` takes only the metrics and, if it is
    not compiled, raises a `TypeError` for an `epoch`, also as a keyword.
    """
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
    expect.raises(
        TypeError,
        lambda: mindspore.scheduler.step(1.0, epoch=3),
        match="unexpected keyword argument 'epoch'",
        name="keyword",
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
