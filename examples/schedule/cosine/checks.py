import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim


def same_per_step(pytorch, mindspore):
    """In the example, up to step `decay_steps`, `nn.CosineDecayLR` of
    `mindspore.nn` matches PyTorch's `CosineAnnealingLR` stepped after every
    batch to within 1e-6 of the largest learning rate, with `T_max` equal to
    `decay_steps`, `eta_min` to `min_lr` and the optimizer's `lr` to `max_lr`.
    """
    law = 0.01 + 0.045 * (1 + np.cos(np.pi * np.arange(9) / 8))
    expect.close(
        law, np.array(pytorch.per_step[:9]), name="pytorch"
    )
    expect.close(
        law, np.array(mindspore.per_step[:9]), name="mindspore"
    )


def same_per_epoch(pytorch, mindspore):
    """In the example, up to epoch `decay_epoch`, the list of
    `nn.cosine_decay_lr` matches PyTorch's `CosineAnnealingLR` stepped once per
    epoch to within 1e-6 of the largest learning rate, with `T_max` equal to
    `decay_epoch`, `eta_min` to `min_lr` and the optimizer's `lr` to `max_lr`.
    """
    epochs = np.arange(10) // 2
    law = 0.01 + 0.045 * (1 + np.cos(np.pi * epochs / 4))
    expect.close(
        law, np.array(pytorch.per_epoch[:10]), name="pytorch"
    )
    expect.close(
        law, np.array(mindspore.per_epoch[:10]), name="mindspore"
    )


def pytorch_rises_again(pytorch, mindspore):
    """After `T_max`, the learning rate of PyTorch's `CosineAnnealingLR` rises
    again, but `nn.CosineDecayLR` and `nn.cosine_decay_lr` stay at `min_lr`.
    """
    expect.close([0.01] * 4, mindspore.per_step[8:], name="cell")
    expect.close([0.01] * 4, mindspore.per_epoch[8:], name="list")
    mirrored = pytorch.per_step[4:8][::-1]
    expect.close(
        mirrored[:3], pytorch.per_step[9:], name="pytorch"
    )
    ends = pytorch.per_step[8:], mindspore.per_step[8:]
    expect.apart(*ends, at_least=0.7, name="apart")


def experimental_rises_too(pytorch, mindspore):
    """With `T_max=8`, `eta_min=0.01` and `lr=0.1`, `CosineAnnealingLR` of
    `mindspore.experimental.optim` rises again after the end, as in PyTorch:
    all twelve learning rates match.
    """
    optimizer = optim.SGD([mindspore.weight], lr=0.1)
    scheduler = optim.lr_scheduler.CosineAnnealingLR(
        optimizer, 8, 0.01
    )
    rates = []
    for _ in range(12):
        rates.append(scheduler.get_last_lr()[0].item())
        scheduler.step()
    expect.close(pytorch.per_step, rates, name="rates")


def minimum_comes_first(pytorch, mindspore):
    """The first arguments of `nn.CosineDecayLR` and `nn.cosine_decay_lr` are
    `min_lr` and `max_lr`, in this order; PyTorch takes the highest learning
    rate from the optimizer and the lowest as `eta_min`.
    """
    for call in (ms.nn.CosineDecayLR, ms.nn.cosine_decay_lr):
        names = list(inspect.signature(call).parameters)[:2]
        expect.equal(
            ["min_lr", "max_lr"], names, name=call.__name__
        )
    names = inspect.signature(
        torch.optim.lr_scheduler.CosineAnnealingLR
    )
    expect.equal(
        True, "eta_min" in names.parameters, name="pytorch"
    )


def swapped_rates_raise(pytorch, mindspore):
    """`nn.CosineDecayLR` and `nn.cosine_decay_lr` with the two learning rates
    swapped raise a `ValueError`.
    """
    expect.raises(
        ValueError,
        lambda: ms.nn.CosineDecayLR(0.1, 0.01, 8),
        match="must be greater than the 'min_lr'",
        name="swapped",
    )
    expect.raises(
        ValueError,
        lambda: ms.nn.cosine_decay_lr(0.1, 0.01, 12, 2, 4),
        match="must be greater than the 'min_lr'",
        name="swapped_in_list",
    )
