import mindspore as ms
import torch
from crosswalk import expect
from shared import torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """After each of 40 steps, `nn.SGD` with momentum 0.9, without parameter
    groups and with the list of `nn.piecewise_constant_lr` for the learning
    rates `factor * lr` and `lr`, whose milestones are `total_iters` and the
    number of steps, matches the weights of `torch.optim.SGD` with
    `ConstantLR`, `factor=0.5` and `total_iters=12`.
    """
    expect.equal(40, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights,
        mindspore.weights,
        name="every_step",
    )
    moved = mindspore.weights[-1][0]
    expect.apart(pytorch.start, moved, at_least=0.1, name="moved")


def same_rates(pytorch, mindspore):
    """At each of 40 steps, `nn.piecewise_constant_lr` and `ConstantLR` with
    `factor=0.5` and `total_iters=12` give the same learning rate: `factor *
    lr` for `total_iters` steps, then `lr`.
    """
    law = [0.05] * 12 + [0.1] * 28
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def defaults_are_torch_only(pytorch, mindspore):
    """By default, PyTorch's `ConstantLR` uses a third of the learning rate for
    5 steps; `nn.piecewise_constant_lr` has no defaults.
    """
    theirs = torch_rates(
        torch.optim.lr_scheduler.ConstantLR,
        40,
    )
    ours = ms.nn.piecewise_constant_lr([5, 40], [0.1 / 3, 0.1])
    expect.close(theirs, ours, name="rates")
    expect.raises(
        TypeError,
        ms.nn.piecewise_constant_lr,
        match="missing 2 required positional arguments",
        name="no_defaults",
    )


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.piecewise_constant_lr`, the
    41st step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU,
    whereas PyTorch's `ConstantLR` continues.
    """
    expect.equal(40, len(mindspore.schedule), name="length")
    used = used_rates(mindspore.schedule, 40)
    expect.close(mindspore.rates, used, name="before")
    expect.raises(
        RuntimeError,
        lambda: used_rates(mindspore.schedule, 41),
        match=r"range \[0, 40\), but got 40",
        name="step_41",
    )
    rate = pytorch.scheduler.get_last_lr()[0]
    expect.equal(True, 0 <= rate <= 0.1, name="pytorch_goes_on")
