import mindspore as ms
import torch
from crosswalk import expect
from shared import (
    in_graph_mode,
    rates_of_schedule,
    torch_rates,
    used_rates,
)


def same_weights(pytorch, mindspore):
    """With `decay_rate=0.5` and `decay_steps=10`, after each of 40 steps,
    `nn.SGD` with momentum 0.9, without parameter groups and with
    `nn.InverseDecayLR` matches the weights of `torch.optim.SGD` with a
    `LambdaLR` of `1 / (1 + decay_rate * step / decay_steps)`, stepped after
    every batch.
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
    """With `decay_rate=0.5` and `decay_steps=10`, at each of 40 steps,
    `nn.InverseDecayLR` and `LambdaLR` give the learning rate `lr / (1 +
    decay_rate * step / decay_steps)`.
    """
    law = [0.1 / (1 + 0.5 * i / 10) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def is_stair(pytorch, mindspore):
    """With `is_stair=True`, `decay_rate=0.5` and `decay_steps=10`,
    `nn.InverseDecayLR` matches the learning rates of a `LambdaLR` with `step
    // decay_steps` instead of `step / decay_steps`, over 40 steps.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: 1 / (1 + 0.5 * (step // 10))
        ),
        40,
    )
    schedule = ms.nn.InverseDecayLR(0.1, 0.5, 10, is_stair=True)
    ours = rates_of_schedule(schedule, range(40))
    expect.close(theirs, ours, name="rates")


def integers_are_refused(pytorch, mindspore):
    """`nn.InverseDecayLR` raises a `TypeError` if `learning_rate` or
    `decay_rate` is an integer, or if `decay_steps` is a float.
    """
    for name, arguments, match in (
        ("learning_rate", (1, 0.5, 10), "must be float"),
        ("decay_rate", (0.1, 1, 10), "must be float"),
        ("decay_steps", (0.1, 0.5, 10.0), "must be int"),
    ):
        expect.raises(
            TypeError,
            lambda arguments=arguments: ms.nn.InverseDecayLR(
                *arguments
            ),
            match=f"'{name}' {match}",
            name=name,
        )


def same_when_compiled(pytorch, mindspore):
    """Over 40 steps with the arguments of the example, `nn.SGD` without
    parameter groups and with `nn.InverseDecayLR` uses the same learning rates
    in PyNative mode, whether `@ms.jit` compiles the step or not, and in Graph
    mode without `@ms.jit`.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = used_rates(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = in_graph_mode(lambda: used_rates(schedule, 40))
    expect.close(rates, used, name="graph_mode")
