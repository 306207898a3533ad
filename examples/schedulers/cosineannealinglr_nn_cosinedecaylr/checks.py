import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import (
    PerEpoch,
    in_graph_mode,
    rates_of_schedule,
    torch_rates,
    used_rates,
)


def same_weights(pytorch, mindspore):
    """With `eta_min=0.01`, up to `T_max`, here 32, after each of 33 steps,
    `nn.SGD` with momentum 0.9, without parameter groups and with
    `nn.CosineDecayLR` (`min_lr` for `eta_min`, `max_lr` for the optimizer's
    `lr`, `decay_steps` for `T_max`) matches the weights of `torch.optim.SGD`
    with `CosineAnnealingLR`, stepped after every batch.
    """
    expect.equal(40, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights[:33],
        mindspore.weights[:33],
        name="every_step",
    )
    moved = mindspore.weights[-1][0]
    expect.apart(pytorch.start, moved, at_least=0.1, name="moved")


def same_rates(pytorch, mindspore):
    """With `eta_min=0.01`, up to `T_max`, here 32, for 33 steps,
    `nn.CosineDecayLR` and `CosineAnnealingLR` give the learning rate `eta_min
    + (lr - eta_min) * (1 + cos(pi * step / T_max)) / 2`, to within 1e-6 of the
    largest one.
    """
    law = _law(range(33))
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates[:33], name="pytorch")
    expect.close(law, mindspore.rates[:33], name="mindspore")


def stays_after_the_end(pytorch, mindspore):
    """After `T_max`, `nn.CosineDecayLR` stays at `min_lr`, because it counts
    at most `decay_steps` steps, whereas `CosineAnnealingLR` rises again along
    the cosine. With `T_max=32`, the last 7 of 40 learning rates and the last
    weights differ.
    """
    law = _law(range(33, 40))
    expect.close(law, pytorch.rates[33:], name="pytorch")
    expect.close(
        [0.01] * 7, mindspore.rates[33:], name="mindspore"
    )
    expect.apart(
        pytorch.rates[33:],
        mindspore.rates[33:],
        at_least=0.5,
        name="rates",
    )
    expect.apart(
        pytorch.weights[-1],
        mindspore.weights[-1],
        at_least=0.05,
        name="weights",
    )


def without_the_limit(pytorch, mindspore):
    """A `LearningRateSchedule` with the formula of `nn.CosineDecayLR`, but
    without its limit of `decay_steps`, matches the learning rates of
    `CosineAnnealingLR` at all 40 steps, including the rising ones, with the
    arguments of the example.
    """
    used = used_rates(_Cosine(0.01, 0.1, 32), 40)
    expect.close(pytorch.rates, used, name="rates")


def stepped_per_epoch(pytorch, mindspore):
    """Over the same number of steps, `nn.CosineDecayLR` decays within each
    epoch, so its learning rates differ from a `CosineAnnealingLR` stepped once
    per epoch of 4 batches. Called with `global_step // 4` by a
    `LearningRateSchedule`, with `decay_steps` equal to `T_max`, here 8, and
    `min_lr` equal to `eta_min`, here 0.01, it matches them up to epoch
    `T_max`.
    """
    epochs = torch_rates(
        lambda optimizer: (
            torch.optim.lr_scheduler.CosineAnnealingLR(
                optimizer, 8, 0.01
            )
        ),
        9,
    )
    held = np.repeat(epochs, 4)
    used = used_rates(
        PerEpoch(ms.nn.CosineDecayLR(0.01, 0.1, 8), 4), 36
    )
    expect.close(held, np.array(used), name="per_epoch")
    smooth = np.array(used_rates(mindspore.schedule, 36))
    expect.apart(held, smooth, at_least=0.1, name="per_step")


def finite_in_long_runs(pytorch, mindspore):
    """`nn.CosineDecayLR` computes each learning rate from `global_step` alone.
    With `min_lr=0.0` and `decay_steps=100000`, its learning rates near the
    middle and the end match PyTorch's formula to 1e-6 of the highest learning
    rate, and it ends at 0.
    """
    steps = [50_000, 99_900, 99_990, 99_999, 100_000]
    schedule = ms.nn.CosineDecayLR(0.0, 0.1, 100_000)
    rates = rates_of_schedule(schedule, [0, *steps])
    law = 0.05 * (1 + np.cos(np.pi * np.array([0, *steps]) / 1e5))
    expect.close(law, np.array(rates), name="rates")
    expect.equal(0.0, rates[-1], name="last")


def min_lr_must_be_a_float(pytorch, mindspore):
    """PyTorch's `eta_min` is 0.0 by default and may be the integer 0. `min_lr`
    of `nn.CosineDecayLR` has no default, and 0 raises a `TypeError`, whereas
    0.0 works.
    """
    for eta_min in ({}, {"eta_min": 0}):
        theirs = torch_rates(
            lambda optimizer, eta_min=eta_min: (
                torch.optim.lr_scheduler.CosineAnnealingLR(
                    optimizer, 8, **eta_min
                )
            ),
            9,
        )
        schedule = ms.nn.CosineDecayLR(0.0, 0.1, 8)
        ours = rates_of_schedule(schedule, range(9))
        name = "zero" if eta_min else "default"
        expect.close(theirs, ours, name=name)
    expect.raises(
        TypeError,
        lambda: ms.nn.CosineDecayLR(0, 0.1, 8),
        match="'min_lr' must be type of float",
        name="integer",
    )


def rising_is_refused(pytorch, mindspore):
    """PyTorch's `CosineAnnealingLR` accepts an `eta_min` of 0.5 above the
    learning rate of the optimizer, 0.1, and rises to it. `nn.CosineDecayLR`
    with `max_lr=0.1` raises a `ValueError` if `min_lr` is 0.5 or 0.1.
    """
    theirs = torch_rates(
        lambda optimizer: (
            torch.optim.lr_scheduler.CosineAnnealingLR(
                optimizer, 8, 0.5
            )
        ),
        9,
    )
    expect.close(0.5, theirs[-1], name="pytorch")
    for min_lr, name in ((0.5, "above"), (0.1, "equal")):
        expect.raises(
            ValueError,
            lambda min_lr=min_lr: ms.nn.CosineDecayLR(
                min_lr, 0.1, 8
            ),
            match="'max_lr' must be greater than the 'min_lr'",
            name=f"mindspore_{name}",
        )


def resumes_at_global_step(pytorch, mindspore):
    """After 20 steps, a new `nn.SGD` with `nn.CosineDecayLR` and the arguments
    of the example continues with the learning rates of PyTorch's
    `CosineAnnealingLR` up to `T_max`, here 32, if `copy_` sets its
    `global_step` to 20 before its first step.
    """
    used = used_rates(mindspore.schedule, 13, first=20)
    expect.close(pytorch.rates[20:33], used, name="rates")


def same_when_compiled(pytorch, mindspore):
    """Over 40 steps with the arguments of the example, `nn.SGD` without
    parameter groups and with `nn.CosineDecayLR` uses the same learning rates
    in PyNative mode, whether `@ms.jit` compiles the step or not, and in Graph
    mode without `@ms.jit`.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = used_rates(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = in_graph_mode(lambda: used_rates(schedule, 40))
    expect.close(rates, used, name="graph_mode")


def _law(steps):
    cosine = np.cos(np.pi * np.array(steps) / 32)
    return list(0.01 + 0.045 * (1 + cosine))


class _Cosine(ms.nn.learning_rate_schedule.LearningRateSchedule):
    def __init__(self, min_lr, max_lr, decay_steps):
        super().__init__()
        self.min_lr = min_lr
        self.delta = (max_lr - min_lr) / 2
        self.frequency = np.pi / decay_steps

    def construct(self, global_step):
        cosine = ms.ops.cos(self.frequency * global_step)
        return self.min_lr + self.delta * (1 + cosine)
