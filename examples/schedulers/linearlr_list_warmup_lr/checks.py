import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """After each of 40 steps, `nn.SGD` with momentum 0.9, without parameter
    groups, with the list of `nn.warmup_lr` over 12 epochs without its first 4,
    matches the weights of `torch.optim.SGD` with `LinearLR`, `start_factor=1 /
    3` and `total_iters=8`, stepped once per epoch of 4 batches.
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
    """At each of 40 steps, `nn.warmup_lr` over 12 epochs, without the first 4,
    and `LinearLR` with `start_factor=1 / 3` and `total_iters=8`, stepped once
    per epoch of 4 batches, give the same learning rate.
    """
    law = [0.1 * min(4 + i // 4, 12) / 12 for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def first_epoch_stands_still(pytorch, mindspore):
    """With `step_per_epoch=4` and `warmup_epoch=8`, the uncut list of
    `nn.warmup_lr` starts at the learning rate 0 and stays there for the whole
    first epoch. It differs from `LinearLR` with `start_factor=1 / 3` and
    `total_iters=8`, stepped once per epoch, and matches such a `LinearLR` with
    a `start_factor` of 1e-9.
    """
    whole = ms.nn.warmup_lr(0.1, 40, 4, 8)
    expect.equal([0.0] * 4, whole[:4], name="first_epoch")
    expect.apart(pytorch.rates, whole, at_least=0.3, name="apart")
    epochs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, 1e-9, total_iters=8
        ),
        10,
    )
    held = np.repeat(epochs, 4)
    expect.close(held, np.array(whole), name="tiny_start_factor")


def stepped_per_batch(pytorch, mindspore):
    """With `step_per_epoch=1`, the list of `nn.warmup_lr` over 12 steps
    without its first 4 matches the learning rates of a `LinearLR` with
    `start_factor=1 / 3` and `total_iters=8`, stepped after every batch, over
    40 steps.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, 1 / 3, total_iters=8
        ),
        40,
    )
    ours = ms.nn.warmup_lr(0.1, 44, 1, 12)[4:]
    expect.close(theirs, ours, tolerance=1e-12, name="rates")


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.warmup_lr`, the 41st step of
    `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU, whereas PyTorch's
    `LinearLR` continues.
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
