import mindspore as ms
import torch
from crosswalk import expect
from shared import torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """With `step_size=3` and `gamma=0.5`, after each of 40 steps, `nn.SGD`
    with momentum 0.9, without parameter groups and with the list of
    `nn.exponential_decay_lr` (`is_stair=True`, `decay_epoch` for `step_size`)
    matches the weights of `torch.optim.SGD` with `StepLR`, stepped once per
    epoch of 4 batches.
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
    """With `step_size=3` and `gamma=0.5`, at each of 40 steps,
    `nn.exponential_decay_lr` with `is_stair=True` and `StepLR`, stepped once
    per epoch of 4 batches, give the learning rate `lr * gamma ** (epoch //
    step_size)`.
    """
    law = [0.1 * 0.5 ** (i // 4 // 3) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def without_is_stair(pytorch, mindspore):
    """Without `is_stair=True`, which is not the default, the list of
    `nn.exponential_decay_lr` decays at every epoch, as `lr * gamma ** (epoch /
    step_size)`: with `decay_rate` and `gamma` 0.5, it differs from `StepLR`
    with `step_size=3` and matches it with `step_size=1`, stepped once per
    epoch of 4 batches.
    """
    rates = ms.nn.exponential_decay_lr(0.1, 0.5, 40, 4, 3)
    expect.apart(pytorch.rates, rates, at_least=0.3, name="apart")
    law = [0.1 * 0.5 ** (i // 4 / 3) for i in range(40)]
    expect.close(law, rates, name="law")
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.StepLR(
            optimizer, 1, 0.5
        ),
        10,
    )
    theirs = [rate for rate in theirs for _ in range(4)]
    rates = ms.nn.exponential_decay_lr(0.1, 0.5, 40, 4, 1)
    expect.close(theirs, rates, name="every_epoch")


def stepped_per_batch(pytorch, mindspore):
    """With `is_stair=True`, `step_per_epoch=1`, `decay_rate=0.5` and
    `decay_epoch=3`, the list of `nn.exponential_decay_lr` matches the learning
    rates of a `StepLR` with `step_size=3` and `gamma=0.5`, stepped after every
    batch, over 40 steps.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.StepLR(
            optimizer, 3, 0.5
        ),
        40,
    )
    ours = ms.nn.exponential_decay_lr(
        0.1, 0.5, 40, 1, 3, is_stair=True
    )
    expect.close(theirs, ours, name="rates")


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.exponential_decay_lr`, the
    41st step of `nn.SGD` in PyNative mode raises a `RuntimeError` on CPU,
    whereas PyTorch's `StepLR` continues.
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
