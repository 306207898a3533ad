import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """With `start_factor=1 / 3` and `total_iters=8`, after each of 40 steps,
    `nn.SGD` with momentum 0.9, without parameter groups and with the list of
    `nn.polynomial_decay_lr` and `power=1.0` (`lr * start_factor` for
    `learning_rate`, `lr * end_factor` for `end_learning_rate`, `total_iters`
    for `decay_epoch`) matches the weights of `torch.optim.SGD` with a rising
    `LinearLR`, stepped once per epoch of 4 batches.
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
    """With `start_factor=1 / 3` and `total_iters=8`, at each of 40 steps,
    `nn.polynomial_decay_lr` with `power=1.0` and `LinearLR`, stepped once per
    epoch of 4 batches, give the same learning rate, a straight line from `lr *
    start_factor` to `lr * end_factor`.
    """
    law = [0.1 * (8 + 2 * min(i // 4, 8)) / 24 for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def falling(pytorch, mindspore):
    """With `start_factor=1.0`, an `end_factor` of 0.2 and `total_iters=8`,
    `nn.polynomial_decay_lr` with `power=1.0` matches the learning rates of
    `LinearLR`, stepped once per epoch of 4 batches.
    """
    epochs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, 1.0, 0.2, total_iters=8
        ),
        10,
    )
    held = np.repeat(epochs, 4)
    ours = ms.nn.polynomial_decay_lr(0.1, 0.02, 40, 4, 8, 1.0)
    expect.close(held, np.array(ours), name="rates")


def power_must_be_a_float(pytorch, mindspore):
    """If `power` is the integer 1 instead of 1.0, `nn.polynomial_decay_lr`
    raises a `TypeError`.
    """
    expect.raises(
        TypeError,
        lambda: ms.nn.polynomial_decay_lr(
            0.1 / 3, 0.1, 40, 4, 8, 1
        ),
        match="'power' must be float",
        name="integer",
    )


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.polynomial_decay_lr`, the 41st
    step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU, whereas
    PyTorch's `LinearLR` continues.
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
