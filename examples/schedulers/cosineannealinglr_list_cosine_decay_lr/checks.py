import inspect
import math

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import used_rates


def same_weights(pytorch, mindspore):
    """With `eta_min=0.01`, up to epoch `T_max`, here 8, after each of 36
    steps, `nn.SGD` with momentum 0.9, without parameter groups and with the
    list of `nn.cosine_decay_lr` (`min_lr` for `eta_min`, `max_lr` for the
    optimizer's `lr`, `decay_epoch` for `T_max`) matches the weights of
    `torch.optim.SGD` with `CosineAnnealingLR`, stepped once per epoch of 4
    batches.
    """
    expect.equal(40, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights[:36],
        mindspore.weights[:36],
        name="every_step",
    )
    moved = mindspore.weights[-1][0]
    expect.apart(pytorch.start, moved, at_least=0.1, name="moved")


def same_rates(pytorch, mindspore):
    """With `eta_min=0.01`, up to epoch `T_max`, here 8, for 36 steps,
    `nn.cosine_decay_lr` and `CosineAnnealingLR`, stepped once per epoch of 4
    batches, give the learning rate `eta_min + (lr - eta_min) * (1 + cos(pi *
    epoch / T_max)) / 2`.
    """
    law = _law(np.arange(36) // 4)
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates[:36], name="pytorch")
    expect.close(law, mindspore.rates[:36], name="mindspore")


def stays_after_the_end(pytorch, mindspore):
    """After epoch `T_max`, the list of `nn.cosine_decay_lr` stays at `min_lr`,
    whereas PyTorch's `CosineAnnealingLR` rises again along the cosine, so with
    `T_max=8` and 10 epochs of 4 batches, the 4 learning rates of the last
    epoch differ.
    """
    law = _law(np.arange(36, 40) // 4)
    expect.close(law, pytorch.rates[36:], name="pytorch")
    expect.close(
        [0.01] * 4, mindspore.rates[36:], name="mindspore"
    )
    expect.apart(
        pytorch.rates[36:],
        mindspore.rates[36:],
        at_least=0.2,
        name="apart",
    )


def own_list_rises(pytorch, mindspore):
    """A list computed with `math.cos` for every epoch, without the limit of
    `nn.cosine_decay_lr`, gives `nn.SGD` without parameter groups the learning
    rates of PyTorch's `CosineAnnealingLR` at all 40 steps, with the arguments
    of the example.
    """
    listed = [
        0.01 + 0.045 * (1 + math.cos(math.pi * (i // 4) / 8))
        for i in range(40)
    ]
    expect.close(
        pytorch.rates, used_rates(listed, 40), name="rates"
    )


def total_step_is_a_length(pytorch, mindspore):
    """`total_step` of `nn.cosine_decay_lr` is the length of the list and not
    the end of the decay: with `total_step=16`, `step_per_epoch=4` and
    `decay_epoch=8`, the list ends halfway, at PyTorch's learning rate of epoch
    3.
    """
    short = ms.nn.cosine_decay_lr(0.01, 0.1, 16, 4, 8)
    expect.equal(16, len(short), name="length")
    expect.close(pytorch.rates[:16], short, name="rates")


def min_lr_must_be_a_float(pytorch, mindspore):
    """`nn.cosine_decay_lr` raises a `TypeError` if `min_lr` is the integer 0,
    and a `ValueError` if `min_lr` is 0.1 or 0.2 and `max_lr` is 0.1; PyTorch's
    `eta_min` is 0.0 by default.
    """
    expect.raises(
        TypeError,
        lambda: ms.nn.cosine_decay_lr(0, 0.1, 40, 4, 8),
        match="'min_lr' must be type of float",
        name="integer",
    )
    for min_lr, name in ((0.1, "equal"), (0.2, "above")):
        expect.raises(
            ValueError,
            lambda min_lr=min_lr: ms.nn.cosine_decay_lr(
                min_lr, 0.1, 40, 4, 8
            ),
            match="must be greater than the 'min_lr'",
            name=name,
        )
    signature = inspect.signature(
        torch.optim.lr_scheduler.CosineAnnealingLR
    )
    default = signature.parameters["eta_min"].default
    expect.equal(0.0, default, name="eta_min")


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.cosine_decay_lr`, the 41st
    step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU, whereas
    PyTorch's `CosineAnnealingLR` continues.
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


def _law(epochs):
    return list(0.01 + 0.045 * (1 + np.cos(np.pi * epochs / 8)))
