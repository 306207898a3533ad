import mindspore as ms
import torch
from crosswalk import expect
from shared import (
    PerFourSteps,
    in_graph_mode,
    rates_of_schedule,
    torch_rates,
    used_rates,
)


def same_weights(pytorch, mindspore):
    """With `start_factor=1 / 3` and `total_iters=20`, after each of 40 steps,
    `nn.SGD` with momentum 0.9, without parameter groups and with
    `nn.PolynomialDecayLR` and `power=1.0` (`lr * start_factor` for
    `learning_rate`, `lr * end_factor` for `end_learning_rate`, `total_iters`
    for `decay_steps`) matches the weights of `torch.optim.SGD` with a rising
    `LinearLR`.
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
    """With `start_factor=1 / 3` and `total_iters=20`, at each of 40 steps,
    `nn.PolynomialDecayLR` with `power=1.0` and `LinearLR` give the same
    learning rate, a straight line from `lr * start_factor` to `lr *
    end_factor`, and the latter after `total_iters` steps.
    """
    law = [0.1 * (20 + 2 * min(i, 20)) / 60 for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def falling(pytorch, mindspore):
    """With `start_factor=1.0`, an `end_factor` of 0.2 and `total_iters=20`,
    `nn.PolynomialDecayLR` with `power=1.0` also matches 40 learning rates of
    `LinearLR`.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, 1.0, 0.2, total_iters=20
        ),
        40,
    )
    schedule = ms.nn.PolynomialDecayLR(0.1, 0.02, 20, 1.0)
    ours = rates_of_schedule(schedule, range(40))
    expect.close(theirs, ours, name="rates")


def defaults(pytorch, mindspore):
    """The defaults of PyTorch's `LinearLR` are `start_factor=1 / 3`,
    `end_factor=1.0` and `total_iters=5`. `nn.PolynomialDecayLR` has no such
    defaults; with a third of `lr` as `learning_rate`, `lr` as
    `end_learning_rate`, `decay_steps=5` and `power=1.0`, it matches the
    learning rates.
    """
    theirs = torch_rates(
        torch.optim.lr_scheduler.LinearLR,
        40,
    )
    schedule = ms.nn.PolynomialDecayLR(0.1 / 3, 0.1, 5, 1.0)
    ours = rates_of_schedule(schedule, range(40))
    expect.close(theirs, ours, name="rates")
    expect.raises(
        TypeError,
        lambda: ms.nn.PolynomialDecayLR(0.1),
        match="missing 3 required positional arguments",
        name="no_defaults",
    )


def power_must_be_a_float(pytorch, mindspore):
    """If `power` is the integer 1 instead of 1.0, `nn.PolynomialDecayLR`
    raises a `TypeError`.
    """
    expect.raises(
        TypeError,
        lambda: ms.nn.PolynomialDecayLR(0.1 / 3, 0.1, 20, 1),
        match="'power' must be float",
        name="integer",
    )


def resumes_at_global_step(pytorch, mindspore):
    """After 20 steps, a new `nn.SGD` with `nn.PolynomialDecayLR` and the
    arguments of the example continues with the learning rates of PyTorch's
    `LinearLR` if `copy_` sets its `global_step` to 20 before its first step.
    """
    used = used_rates(mindspore.schedule, 20, first=20)
    expect.close(pytorch.rates[20:], used, name="rates")


def stepped_per_epoch(pytorch, mindspore):
    """With `start_factor=1 / 4`, `power=1.0` and over the same number of
    steps, `nn.PolynomialDecayLR` changes within each epoch, so its learning
    rates differ from a `LinearLR` stepped once per epoch of 4 batches. Called
    with `global_step // 4` by a subclass of `LearningRateSchedule`, with
    `decay_steps` equal to `total_iters`, here 8, it matches them.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, 1 / 4, total_iters=8
        ),
        10,
    )
    theirs = [rate for rate in theirs for _ in range(4)]
    over_steps = ms.nn.PolynomialDecayLR(0.025, 0.1, 32, 1.0)
    ours = rates_of_schedule(over_steps, range(40))
    expect.apart(theirs, ours, at_least=0.05, name="apart")
    over_epochs = ms.nn.PolynomialDecayLR(0.025, 0.1, 8, 1.0)
    ours = rates_of_schedule(PerFourSteps(over_epochs), range(40))
    expect.close(theirs, ours, name="divided")


def same_when_compiled(pytorch, mindspore):
    """Over 40 steps with the arguments of the example, `nn.SGD` without
    parameter groups and with `nn.PolynomialDecayLR` uses the same learning
    rates in PyNative mode, whether `@ms.jit` compiles the step or not, and in
    Graph mode without `@ms.jit`.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = used_rates(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = in_graph_mode(lambda: used_rates(schedule, 40))
    expect.close(rates, used, name="graph_mode")
