import warnings

import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim

SCHEDULERS = torch.optim.lr_scheduler


def same_rates(pytorch, mindspore):
    """Over three epochs with `gamma=0.5` and a learning rate of 0.1,
    `mindspore.experimental.optim.lr_scheduler.ExponentialLR` matches PyTorch's
    `ExponentialLR`: `get_last_lr()` returns the same learning rates in both.
    """
    law = [0.1, 0.05, 0.025]
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def same_weights(pytorch, mindspore):
    """In the example, with momentum 0.9 and `gamma=0.5`, `SGD` with
    `ExponentialLR` of `mindspore.experimental.optim` matches the weights of
    `torch.optim.SGD` with PyTorch's `ExponentialLR`, both stepped once per
    epoch of four steps, after each of twelve steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def scheduler_over_the_optimizer(pytorch, mindspore):
    """`ExponentialLR` of `mindspore.experimental.optim` wraps the optimizer,
    as in PyTorch: it takes the optimizer at construction, and
    `scheduler.step()` changes its learning rate.
    """
    weight = torch.nn.Parameter(torch.zeros(1))
    rates = _before_and_after(torch.optim, SCHEDULERS, weight)
    expect.close([0.1, 0.05], rates, name="pytorch")
    rates = _before_and_after(
        optim, optim.lr_scheduler, _weight()
    )
    expect.close([0.1, 0.05], rates, name="mindspore")


def only_experimental_optimizers(pytorch, mindspore):
    """The schedulers of `mindspore.experimental.optim` do not accept
    `mindspore.nn.SGD`: `CosineAnnealingWarmRestarts`, `CyclicLR`, `LambdaLR`
    and `MultiplicativeLR` raise an `AttributeError`, all others (in the case
    of `SequentialLR`, its `ExponentialLR` parts) a `TypeError`.
    """
    optimizer = ms.nn.SGD([_weight()], learning_rate=0.1)
    attribute = [
        "CosineAnnealingWarmRestarts",
        "CyclicLR",
        "LambdaLR",
        "MultiplicativeLR",
    ]
    for name in _names(optim.lr_scheduler):
        if name in attribute:
            error, match = (
                AttributeError,
                "no attribute 'param_groups'",
            )
        else:
            error, match = TypeError, "SGD"
        expect.raises(
            error,
            lambda name=name: _build(optim, name, optimizer),
            match=match,
            name=name,
        )


def missing_schedulers(pytorch, mindspore):
    """Of the public schedulers in `torch.optim.lr_scheduler`,
    `mindspore.experimental.optim` lacks exactly `ChainedScheduler` and
    `OneCycleLR`.
    """
    names = [
        name
        for name in SCHEDULERS.__all__
        if name != "LRScheduler"
    ]
    there = [
        name
        for name in names
        if hasattr(optim.lr_scheduler, name)
    ]
    missing = sorted(set(names) - set(there))
    expect.equal(
        ["ChainedScheduler", "OneCycleLR"],
        missing,
        name="missing",
    )
    expect.equal(
        True, "ExponentialLR" in there, name="exponential"
    )


def no_warning_for_the_order(pytorch, mindspore):
    """If you call `scheduler.step()` of `ExponentialLR` before the first
    optimizer step, both frameworks skip the first learning rate. PyTorch warns
    about this order for all schedulers of `torch.optim.lr_scheduler` except
    `ReduceLROnPlateau` and `CosineAnnealingWarmRestarts`; no scheduler of
    `mindspore.experimental.optim` warns. `SequentialLR`, with milestone 4, and
    `ChainedScheduler` ran with two `ExponentialLR`.
    """
    silent = [
        n
        for n in _names(SCHEDULERS)
        if not _warns(torch.optim, n)
    ]
    expect.equal(
        ["CosineAnnealingWarmRestarts", "ReduceLROnPlateau"],
        silent,
        name="pytorch_silent",
    )
    names = _names(optim.lr_scheduler)
    warning = [name for name in names if _warns(optim, name)]
    expect.equal([], warning, name="mindspore_warns")
    rates = {}
    for name, optimizers in (
        ("pytorch", torch.optim),
        ("mindspore", optim),
    ):
        optimizer = _optimizer(optimizers)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _build(optimizers, "ExponentialLR", optimizer).step()
        rates[name] = float(optimizer.param_groups[0]["lr"])
        expect.close(0.05, rates[name], name=f"{name}_rate")


def _names(schedulers):
    return sorted(set(schedulers.__all__) - {"LRScheduler"})


def _build(optimizers, name, optimizer):
    schedulers = optimizers.lr_scheduler
    parts = ("SequentialLR", "ChainedScheduler")
    if name in parts:
        two = [
            schedulers.ExponentialLR(optimizer, 0.5)
            for _ in range(2)
        ]
        if name == "ChainedScheduler":
            return schedulers.ChainedScheduler(two, optimizer)
        return schedulers.SequentialLR(optimizer, two, [4])
    arguments = {
        "LambdaLR": [lambda epoch: 0.5**epoch],
        "MultiplicativeLR": [lambda epoch: 0.5],
        "StepLR": [2],
        "MultiStepLR": [[2]],
        "ExponentialLR": [0.5],
        "CosineAnnealingLR": [4],
        "CosineAnnealingWarmRestarts": [4],
        "CyclicLR": [0.1, 0.2],
        "OneCycleLR": [0.2, 8],
    }.get(name, [])
    more = {}
    if optimizers is torch.optim and name in (
        "CyclicLR",
        "OneCycleLR",
    ):
        more = {"cycle_momentum": False}
    return getattr(schedulers, name)(
        optimizer, *arguments, **more
    )


def _optimizer(optimizers):
    if optimizers is torch.optim:
        weight = torch.nn.Parameter(torch.zeros(1))
    else:
        weight = _weight()
    return optimizers.SGD([weight], lr=0.1)


def _warns(optimizers, name):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        scheduler = _build(
            optimizers, name, _optimizer(optimizers)
        )
        loss = [1.0] if name == "ReduceLROnPlateau" else []
        scheduler.step(*loss)
    return any("before" in str(w.message) for w in caught)


def _before_and_after(optimizers, schedulers, weight):
    optimizer = optimizers.SGD([weight], lr=0.1)
    scheduler = schedulers.ExponentialLR(optimizer, gamma=0.5)
    before = float(optimizer.param_groups[0]["lr"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scheduler.step()
    return [before, float(optimizer.param_groups[0]["lr"])]


def _weight():
    return ms.Parameter(
        ms.Tensor([0.0], ms.float32), name="weight"
    )
