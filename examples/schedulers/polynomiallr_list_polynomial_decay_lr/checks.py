import inspect

import mindspore as ms
import torch
from crosswalk import expect
from shared import torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """With `total_iters=8` and `power=2.0`, after each of 40 steps, `nn.SGD`
    with momentum 0.9, without parameter groups and with the list of
    `nn.polynomial_decay_lr` (`end_learning_rate=0.0`, `decay_epoch` for
    `total_iters`) matches the weights of `torch.optim.SGD` with
    `PolynomialLR`, stepped once per epoch of 4 batches.
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
    """With `total_iters=8` and `power=2.0`, at each of 40 steps,
    `nn.polynomial_decay_lr` with `end_learning_rate=0.0` and `PolynomialLR`,
    stepped once per epoch of 4 batches, give the learning rate `lr * (1 -
    epoch / total_iters) ** power`, and 0 after `total_iters` epochs.
    """
    law = [0.1 * (1 - min(i // 4, 8) / 8) ** 2 for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def update_decay_epoch_rises(pytorch, mindspore):
    """With `update_decay_epoch=True`, which PyTorch's `PolynomialLR` does not
    have, the list of `nn.polynomial_decay_lr` does not stay at its end value:
    with `end_learning_rate=0.0`, `decay_epoch=8` and `power=2.0`, the learning
    rate in epoch 9, counted from 0, is `(1 - 9 / 16) ** 2` of the first.
    """
    rates = ms.nn.polynomial_decay_lr(
        0.1, 0.0, 40, 4, 8, 2.0, update_decay_epoch=True
    )
    expect.close(pytorch.rates[:36], rates[:36], name="before")
    law = [0.1 * (1 - 9 / 16) ** 2] * 4
    expect.close(law, rates[36:], name="after")
    expect.equal([0.0] * 4, pytorch.rates[36:], name="pytorch")


def other_names(pytorch, mindspore):
    """`update_decay_epoch` of `nn.polynomial_decay_lr` is called
    `update_decay_steps` in `nn.PolynomialDecayLR`; both are `False` by
    default.
    """
    for call, name in (
        (ms.nn.polynomial_decay_lr, "update_decay_epoch"),
        (ms.nn.PolynomialDecayLR, "update_decay_steps"),
    ):
        parameter = inspect.signature(call).parameters[name]
        expect.equal(False, parameter.default, name=name)


def stepped_per_batch(pytorch, mindspore):
    """With `end_learning_rate=0.0`, `step_per_epoch=1`, `power=0.5` and
    `decay_epoch` equal to `total_iters`, here 30, the list of
    `nn.polynomial_decay_lr` matches the learning rates of a `PolynomialLR`
    stepped after every batch, over 40 steps.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.PolynomialLR(
            optimizer, 30, 0.5
        ),
        40,
    )
    ours = ms.nn.polynomial_decay_lr(0.1, 0.0, 40, 1, 30, 0.5)
    expect.close(theirs, ours, tolerance=1e-12, name="rates")


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.polynomial_decay_lr`, the 41st
    step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU, whereas
    PyTorch's `PolynomialLR` continues.
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
