import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """With `decay_rate=0.5` and `decay_epoch=2`, after each of 40 steps,
    `nn.SGD` with momentum 0.9, without parameter groups and with the list of
    `nn.inverse_decay_lr` matches the weights of `torch.optim.SGD` with a
    `LambdaLR` of `1 / (1 + decay_rate * epoch / decay_epoch)`, stepped once
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
    """With `decay_rate=0.5` and `decay_epoch=2`, at each of 40 steps,
    `nn.inverse_decay_lr` and `LambdaLR`, stepped once per epoch of 4 batches,
    give the learning rate `lr / (1 + decay_rate * epoch / decay_epoch)`.
    """
    law = [0.1 / (1 + 0.5 * (i // 4) / 2) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def is_stair(pytorch, mindspore):
    """With `is_stair=True`, `decay_rate=0.5` and `decay_epoch=2`, the list of
    `nn.inverse_decay_lr` matches the learning rates of a `LambdaLR` with
    `epoch // decay_epoch` instead of `epoch / decay_epoch`, over 10 epochs of
    4 batches.
    """
    epochs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda epoch: 1 / (1 + 0.5 * (epoch // 2))
        ),
        10,
    )
    held = np.repeat(epochs, 4)
    ours = ms.nn.inverse_decay_lr(
        0.1, 0.5, 40, 4, 2, is_stair=True
    )
    expect.close(held, np.array(ours), name="rates")


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.inverse_decay_lr`, the 41st
    step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU, whereas
    PyTorch's `LambdaLR` continues.
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
