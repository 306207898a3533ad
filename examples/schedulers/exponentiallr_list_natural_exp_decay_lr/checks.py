import math

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """With `gamma=0.8`, after each of 40 steps, `nn.SGD` with momentum 0.9,
    without parameter groups and with the list of `nn.natural_exp_decay_lr` and
    `decay_rate=-math.log(gamma)` matches the weights of `torch.optim.SGD` with
    `ExponentialLR`, stepped once per epoch of 4 batches.
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
    """With `gamma=0.8`, at each of 40 steps, `nn.natural_exp_decay_lr` with
    `decay_rate=-math.log(gamma)` and `ExponentialLR`, stepped once per epoch
    of 4 batches, give the learning rate `lr * gamma ** epoch`.
    """
    law = [0.1 * 0.8 ** (i // 4) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def decay_epoch_is_ignored(pytorch, mindspore):
    """Without `is_stair=True`, `nn.natural_exp_decay_lr` ignores
    `decay_epoch`: with the other arguments of the example, the list does not
    change with `decay_epoch=3`.
    """
    rates = ms.nn.natural_exp_decay_lr(
        0.1, -math.log(0.8), 40, 4, 3
    )
    expect.equal(mindspore.schedule, rates, name="rates")


def stairs_are_steplr(pytorch, mindspore):
    """With `is_stair=True`, `decay_rate=-math.log(0.8)` and `decay_epoch=3`,
    the list of `nn.natural_exp_decay_lr` matches the learning rates of
    PyTorch's `StepLR`, stepped once per epoch, with `step_size=decay_epoch`
    and `gamma=exp(-decay_rate * decay_epoch)`.
    """
    epochs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.StepLR(
            optimizer, 3, 0.8**3
        ),
        10,
    )
    rates = ms.nn.natural_exp_decay_lr(
        0.1, -math.log(0.8), 40, 4, 3, is_stair=True
    )
    held = np.repeat(epochs, 4)
    expect.close(held, np.array(rates), name="rates")


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.natural_exp_decay_lr`, the
    41st step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU,
    whereas PyTorch's `ExponentialLR` continues.
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
