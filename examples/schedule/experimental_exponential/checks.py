import warnings

import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim

SCHEDULERS = torch.optim.lr_scheduler


def same_rates(pytorch, mindspore):
    """`mindspore.experimental.optim.lr_scheduler.ExponentialLR` gives the
    rates of PyTorch's `ExponentialLR`, read with `get_last_lr()` in both.
    """
    law = [0.1, 0.05, 0.025]
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def same_weights(pytorch, mindspore):
    """With momentum 0.9, the weights of `mindspore.experimental.optim.SGD`
    with `ExponentialLR` of `mindspore.experimental.optim` equal those of
    `torch.optim.SGD` with PyTorch's `ExponentialLR` after each of twelve
    steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def scheduler_over_the_optimizer(pytorch, mindspore):
    """As in PyTorch, a scheduler of `mindspore.experimental.optim` takes the
    optimizer at construction, and `scheduler.step()` changes the rate of
    the optimizer.
    """
    weight = torch.nn.Parameter(torch.zeros(1))
    rates = _before_and_after(torch.optim, SCHEDULERS, weight)
    expect.close([0.1, 0.05], rates, name="pytorch")
    rates = _before_and_after(
        optim, optim.lr_scheduler, _weight()
    )
    expect.close([0.1, 0.05], rates, name="mindspore")


def only_experimental_optimizers(pytorch, mindspore):
    """The schedulers of `mindspore.experimental.optim` refuse an optimizer
    of `mindspore.nn` with a `TypeError`.
    """
    optimizer = ms.nn.SGD([_weight()], learning_rate=0.1)
    expect.raises(
        TypeError,
        lambda: optim.lr_scheduler.ExponentialLR(
            optimizer, gamma=0.5
        ),
        match="SGD is not an Optimizer",
        name="nn_optimizer",
    )


def missing_schedulers(pytorch, mindspore):
    """Of PyTorch's public schedulers, `mindspore.experimental.optim` lacks
    exactly `ChainedScheduler` and `OneCycleLR`.
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
    """Calling `scheduler.step()` before the first optimizer step skips the
    first rate in both; PyTorch warns about it, MindSpore does not.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        weight = torch.nn.Parameter(torch.zeros(1))
        optimizer = torch.optim.SGD([weight], lr=0.1)
        scheduler = SCHEDULERS.ExponentialLR(optimizer, gamma=0.5)
        scheduler.step()
        torch_warned = any(
            "before" in str(w.message) for w in caught
        )
        caught.clear()
        twin = optim.SGD([_weight()], lr=0.1)
        step_first = optim.lr_scheduler.ExponentialLR(
            twin, gamma=0.5
        )
        step_first.step()
        twin((ms.Tensor([1.0], ms.float32),))
        mindspore_warned = any(
            "before" in str(w.message) for w in caught
        )
    expect.close(
        0.05, scheduler.get_last_lr()[0], name="pytorch_rate"
    )
    moved = twin.parameters[0].item()
    expect.close(-0.05, moved, name="mindspore_moved")
    expect.equal(True, torch_warned, name="pytorch_warns")
    expect.equal(False, mindspore_warned, name="mindspore_warns")


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
