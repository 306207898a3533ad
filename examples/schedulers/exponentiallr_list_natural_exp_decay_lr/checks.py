import math

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`nn.SGD` with the list of `nn.natural_exp_decay_lr` and
    `decay_rate=-math.log(gamma)` has, with `gamma=0.8`, after each of 40
    steps the weights of `torch.optim.SGD` with `ExponentialLR` stepped once
    per epoch of 4 batches.
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
    `decay_rate=-math.log(gamma)` and `ExponentialLR`, stepped once per
    epoch of 4 batches, give the rate `lr * gamma ** epoch`.
    """
    law = [0.1 * 0.8 ** (i // 4) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def decay_epoch_is_ignored(pytorch, mindspore):
    """Without `is_stair=True`, `nn.natural_exp_decay_lr` ignores
    `decay_epoch`: with `decay_epoch=3` the list is the same.
    """
    rates = ms.nn.natural_exp_decay_lr(
        0.1, -math.log(0.8), 40, 4, 3
    )
    expect.equal(mindspore.schedule, rates, name="rates")


def stairs_are_steplr(pytorch, mindspore):
    """With `is_stair=True` the list of `nn.natural_exp_decay_lr` holds the
    rates of PyTorch's `StepLR`, stepped once per epoch, with
    `step_size=decay_epoch` and `gamma=exp(-decay_rate * decay_epoch)`.
    """
    epochs = _torch_rates(
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
    """The list of `nn.natural_exp_decay_lr` has 40 rates: on CPU the 41st step
    of `nn.SGD` with it raises a `RuntimeError`, where PyTorch's
    `ExponentialLR` goes on.
    """
    expect.equal(40, len(mindspore.schedule), name="length")
    used = _used(mindspore.schedule, 40)
    expect.close(mindspore.rates, used, name="before")
    expect.raises(
        RuntimeError,
        lambda: _used(mindspore.schedule, 41),
        match=r"range \[0, 40\), but got 40",
        name="step_41",
    )
    rate = pytorch.scheduler.get_last_lr()[0]
    expect.equal(True, 0 <= rate <= 0.1, name="pytorch_goes_on")


def _torch_rates(make, steps):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = make(optimizer)
    rates = []
    for _ in range(steps):
        rates += scheduler.get_last_lr()
        optimizer.step()
        scheduler.step()
    return rates


def _rates(schedule, steps):
    rates = [schedule(ms.Tensor(i, ms.int32)) for i in steps]
    return [float(rate.asnumpy()) for rate in rates]


def _used(learning_rate, steps, compiled=False, first=0):
    weight = ms.Parameter(ms.ops.zeros(1), name="weight")
    optimizer = ms.nn.SGD([weight], learning_rate=learning_rate)
    optimizer.global_step.copy_(ms.Tensor([first], ms.int32))

    def step(gradient):
        return optimizer((gradient,))

    step = ms.jit(step) if compiled else step
    rates = []
    for _ in range(steps):
        weight.copy_(ms.ops.zeros(1))
        step(ms.ops.ones(1))
        rates.append(0 - weight.item())
    return rates
