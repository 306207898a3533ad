import numpy as np
import torch
from crosswalk import expect


def first_rate_is_zero(pytorch, mindspore):
    """`nn.WarmUpLR` starts with the learning rate 0, so the first step of
    `mindspore.nn.SGD` does not change the weights, and reaches the full
    learning rate at step `warmup_steps`.
    """
    law = 0.1 * np.minimum(np.arange(9), 4) / 4
    expect.close(0.0, mindspore.warmup[0], name="first")
    expect.close(law, np.array(mindspore.warmup), name="all")


def pytorch_starts_above_zero(pytorch, mindspore):
    """PyTorch's `LinearLR` starts at `start_factor` times the learning rate,
    and raises a `ValueError` for a `start_factor` of 0.
    """
    law = 0.1 * np.minimum(np.arange(9) + 1, 4) / 4
    expect.close(law, np.array(pytorch.warmup), name="rates")
    expect.raises(
        ValueError,
        lambda: torch.optim.lr_scheduler.LinearLR(
            pytorch.optimizer, 0.0
        ),
        match="greater than 0",
        name="zero",
    )


def one_step_apart(pytorch, mindspore):
    """`nn.WarmUpLR` with `warmup_steps=4` reaches each learning rate one step
    later than PyTorch's `LinearLR` with `start_factor=0.25` and
    `total_iters=3`.
    """
    expect.close(
        pytorch.warmup[:-1], mindspore.warmup[1:], name="shifted"
    )
    expect.apart(
        pytorch.warmup,
        mindspore.warmup,
        at_least=0.2,
        name="same_step",
    )


def lambda_with_zero(pytorch, mindspore):
    """PyTorch's `LambdaLR` with `min(step, 4) / 4` matches `nn.WarmUpLR`
    with `warmup_steps=4`.
    """
    optimizer = torch.optim.SGD([pytorch.weight], lr=0.1)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step, 4) / 4
    )
    expect.close(
        pytorch.used(optimizer, scheduler),
        mindspore.warmup,
        name="rates",
    )


def chained_by_a_subclass(pytorch, mindspore):
    """A `LearningRateSchedule` subclass that calls two schedules of
    `mindspore.nn` with shifted steps matches, with the arguments of the
    example, PyTorch's `SequentialLR` of a `LinearLR` and a
    `CosineAnnealingLR`, until the cosine reaches its end.
    """
    rates = pytorch.then_cosine
    expect.close(rates, mindspore.then_cosine, name="rates")
    law = [0.025, 0.05, 0.075]
    law += [0.05 * (1 + np.cos(np.pi * i / 5)) for i in range(6)]
    expect.close(law, mindspore.then_cosine, name="law")
