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
    """With `total_iters=30` and `power=2.0`, after each of 40 steps, `nn.SGD`
    with momentum 0.9, without parameter groups and with `nn.PolynomialDecayLR`
    (`end_learning_rate=0.0`, `decay_steps` for `total_iters`) matches the
    weights of `torch.optim.SGD` with `PolynomialLR`, stepped after every
    batch.
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
    """With `total_iters=30` and `power=2.0`, at each of 40 steps,
    `nn.PolynomialDecayLR` with `end_learning_rate=0.0` and `PolynomialLR` give
    the learning rate `lr * (1 - step / total_iters) ** power`, and 0 after
    `total_iters` steps, to within 1e-6 of the largest one.
    """
    law = [0.1 * (1 - min(i, 30) / 30) ** 2 for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def update_decay_steps_rises(pytorch, mindspore):
    """With `update_decay_steps=True`, which PyTorch's `PolynomialLR` does not
    have, `nn.PolynomialDecayLR` does not stay at its end value. With
    `end_learning_rate=0.0`, `decay_steps=30` and `power=2.0`, the learning
    rate at step 31 is `(1 - 31 / 60) ** 2` of the first, and it decays until
    step 60, whereas PyTorch's `PolynomialLR` with `total_iters=30` stays 0.
    """
    schedule = ms.nn.PolynomialDecayLR(0.1, 0.0, 30, 2.0, True)
    rates = rates_of_schedule(schedule, range(61))
    expect.close(pytorch.rates[:31], rates[:31], name="before")
    law = [0.1 * (1 - i / 60) ** 2 for i in range(31, 61)]
    expect.close(law, rates[31:], name="after")
    expect.equal([0.0] * 9, pytorch.rates[31:], name="pytorch")


def defaults(pytorch, mindspore):
    """PyTorch's `PolynomialLR` has the defaults `total_iters=5` and
    `power=1.0`; `nn.PolynomialDecayLR` has no default for either, nor for
    `end_learning_rate`.
    """
    theirs = torch_rates(
        torch.optim.lr_scheduler.PolynomialLR,
        10,
    )
    schedule = ms.nn.PolynomialDecayLR(0.1, 0.0, 5, 1.0)
    ours = rates_of_schedule(schedule, range(10))
    expect.close(theirs, ours, name="rates")
    expect.raises(
        TypeError,
        lambda: ms.nn.PolynomialDecayLR(0.1),
        match="'end_learning_rate', 'decay_steps', and 'power'",
        name="no_defaults",
    )


def integers_are_refused(pytorch, mindspore):
    """PyTorch's `PolynomialLR` accepts the integer 2 as `power`;
    `nn.PolynomialDecayLR` raises a `TypeError` for it, and for the integer 0
    as `end_learning_rate`.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.PolynomialLR(
            optimizer, 30, 2
        ),
        40,
    )
    expect.close(pytorch.rates, theirs, name="pytorch")
    for name, arguments in (
        ("power", (0.1, 0.0, 30, 2)),
        ("end_learning_rate", (0.1, 0, 30, 2.0)),
    ):
        expect.raises(
            TypeError,
            lambda arguments=arguments: ms.nn.PolynomialDecayLR(
                *arguments
            ),
            match=f"'{name}'.* must be .*float",
            name=name,
        )


def resumes_at_global_step(pytorch, mindspore):
    """After 20 steps, a new `nn.SGD` with `nn.PolynomialDecayLR` and the
    arguments of the example continues with the learning rates of PyTorch's
    `PolynomialLR` if `copy_` sets its `global_step` to 20 before its first
    step.
    """
    used = used_rates(mindspore.schedule, 20, first=20)
    expect.close(pytorch.rates[20:], used, name="rates")


def stepped_per_epoch(pytorch, mindspore):
    """With `end_learning_rate=0.0`, `power=2.0` and over the same number of
    steps, `nn.PolynomialDecayLR` changes within each epoch, so its learning
    rates differ from a `PolynomialLR` stepped once per epoch of 4 batches.
    Called with `global_step // 4` by a subclass of `LearningRateSchedule`,
    with `decay_steps` equal to `total_iters`, here 8, it matches them to
    within 1e-6 of the largest one.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.PolynomialLR(
            optimizer, 8, 2.0
        ),
        10,
    )
    theirs = [rate for rate in theirs for _ in range(4)]
    over_steps = ms.nn.PolynomialDecayLR(0.1, 0.0, 32, 2.0)
    ours = rates_of_schedule(over_steps, range(40))
    expect.apart(theirs, ours, at_least=0.05, name="apart")
    over_epochs = ms.nn.PolynomialDecayLR(0.1, 0.0, 8, 2.0)
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
