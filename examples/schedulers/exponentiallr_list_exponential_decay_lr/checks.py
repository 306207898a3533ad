import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import rates_of_schedule, torch_rates, used_rates


def same_weights(pytorch, mindspore):
    """With `gamma=0.8`, after each of 40 steps, `nn.SGD` with momentum 0.9,
    without parameter groups and with the list of `nn.exponential_decay_lr`
    (`decay_rate` for `gamma`, `decay_epoch=1`) matches the weights of
    `torch.optim.SGD` with `ExponentialLR`, stepped once per epoch of 4
    batches.
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
    """With `gamma=0.8`, at each of 40 steps, `nn.exponential_decay_lr` with
    `decay_epoch=1` and `ExponentialLR`, stepped once per epoch of 4 batches,
    give the learning rate `lr * gamma ** epoch`.
    """
    law = [0.1 * 0.8 ** (i // 4) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def computed_in_double(pytorch, mindspore):
    """`nn.exponential_decay_lr` computes in double precision: with
    `decay_rate=0.9999`, `decay_epoch=1` and `step_per_epoch=1`, its learning
    rate of step 20000 is within 1e-12 of PyTorch's formula, whereas
    `nn.ExponentialDecayLR` with `decay_steps=1` is off by more than 0.03
    percent.
    """
    exact = 0.1 * 0.9999**20_000
    listed = ms.nn.exponential_decay_lr(0.1, 0.9999, 20_001, 1, 1)
    expect.close(exact, listed[-1], tolerance=1e-12, name="list")
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.9999, 1)
    rate = rates_of_schedule(schedule, [20_000])[0]
    expect.apart(exact, rate, at_least=0.0003, name="schedule")


def stepped_per_batch(pytorch, mindspore):
    """With `decay_rate=0.8`, `decay_epoch=1` and `step_per_epoch=1`, the list
    of `nn.exponential_decay_lr` matches the learning rates of an
    `ExponentialLR` with `gamma=0.8`, stepped after every batch, over 40 steps.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.ExponentialLR(
            optimizer, 0.8
        ),
        40,
    )
    ours = ms.nn.exponential_decay_lr(0.1, 0.8, 40, 1, 1)
    expect.close(theirs, ours, tolerance=1e-12, name="rates")


def decay_epoch_is_a_root(pytorch, mindspore):
    """With `decay_epoch=3`, `step_per_epoch=4` and without `is_stair=True`,
    the list of `nn.exponential_decay_lr` matches PyTorch's `ExponentialLR`
    with the third root of `decay_rate`, here 0.8, as `gamma`, stepped once per
    epoch of 4 batches, over 40 steps.
    """
    epochs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.ExponentialLR(
            optimizer, 0.8 ** (1 / 3)
        ),
        10,
    )
    ours = ms.nn.exponential_decay_lr(0.1, 0.8, 40, 4, 3)
    held = np.repeat(epochs, 4)
    expect.close(held, np.array(ours), name="rates")


def lists_of_groups(pytorch, mindspore):
    """With one list of `nn.exponential_decay_lr` for each of two groups, with
    `decay_rate` equal to `gamma`, here 0.8, and `decay_epoch=1`, `nn.SGD`
    matches the learning rates of PyTorch's `ExponentialLR`, stepped once per
    epoch, for two groups with the float learning rates 0.1 and 0.01. With a
    list one value shorter or longer in the group, `nn.SGD` raises a
    `ValueError` at construction.
    """
    params = [
        ms.Parameter(ms.ops.zeros(1), name=name) for name in "ab"
    ]
    lower = ms.nn.exponential_decay_lr(0.01, 0.8, 40, 4, 1)
    groups = [
        {"params": params[:1]},
        {"params": params[1:], "lr": lower},
    ]
    optimizer = ms.nn.SGD(groups, mindspore.schedule)
    rates = []
    for _ in range(40):
        rates.append([r.item() for r in optimizer.get_lr()])
        optimizer((ms.ops.ones(1), ms.ops.ones(1)))
    both = [[rate, rate / 10] for rate in pytorch.rates]
    expect.close(np.array(both), np.array(rates), name="rates")
    for listed in (lower[:39], [*lower, 0.0]):
        groups[1]["lr"] = listed
        expect.raises(
            ValueError,
            lambda: ms.nn.SGD(groups, mindspore.schedule),
            match="must be the same size",
            name=f"length_{len(listed)}",
        )


def runs_out(pytorch, mindspore):
    """With a list of 40 learning rates from `nn.exponential_decay_lr`, the
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
