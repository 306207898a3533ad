import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import (
    in_graph_mode,
    rates_of_schedule,
    torch_rates,
    used_rates,
)


def same_weights(pytorch, mindspore):
    """With `step_size=10` and `gamma=0.5`, after each of 40 steps, `nn.SGD`
    with momentum 0.9, without parameter groups and with
    `nn.ExponentialDecayLR` (`is_stair=True`, `decay_rate` for `gamma`,
    `decay_steps` for `step_size`) matches the weights of `torch.optim.SGD`
    with `StepLR`.
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
    """With `step_size=10` and `gamma=0.5`, at each of 40 steps,
    `nn.ExponentialDecayLR` with `is_stair=True` and PyTorch's `StepLR` give
    the learning rate `lr * gamma ** (step // step_size)`.
    """
    law = [0.1 * 0.5 ** (i // 10) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def without_is_stair(pytorch, mindspore):
    """Without `is_stair=True`, which is not the default,
    `nn.ExponentialDecayLR` decays at every step, as `lr * gamma ** (step /
    step_size)`: with `decay_rate` and `gamma` 0.5, it differs from `StepLR`
    with `step_size=10` and matches it with `step_size=1`.
    """
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, 10)
    rates = rates_of_schedule(schedule, range(40))
    expect.apart(pytorch.rates, rates, at_least=0.4, name="apart")
    law = [0.1 * 0.5 ** (i / 10) for i in range(40)]
    expect.close(law, rates, name="law")
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.StepLR(
            optimizer, 1, 0.5
        ),
        40,
    )
    every = ms.nn.ExponentialDecayLR(0.1, 0.5, 1)
    rates = rates_of_schedule(every, range(40))
    expect.close(theirs, rates, name="every_step")


def epochs_times_steps(pytorch, mindspore):
    """`nn.ExponentialDecayLR` counts steps: with `is_stair=True` and
    `decay_rate=0.5`, `decay_steps=8` matches the learning rates of `StepLR`
    with `step_size=2` and `gamma=0.5`, stepped once per epoch of 4 batches,
    and `decay_steps=2` does not.
    """
    epochs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.StepLR(
            optimizer, 2, 0.5
        ),
        10,
    )
    held = np.repeat(epochs, 4)
    for decay_steps in (8, 2):
        schedule = ms.nn.ExponentialDecayLR(
            0.1, 0.5, decay_steps, is_stair=True
        )
        rates = np.array(rates_of_schedule(schedule, range(40)))
        if decay_steps == 8:
            expect.close(held, rates, name="decay_steps_8")
        else:
            expect.apart(
                held, rates, at_least=0.5, name="decay_steps_2"
            )


def gamma_has_a_default(pytorch, mindspore):
    """`gamma` of PyTorch's `StepLR` is 0.1 by default; `decay_rate` and
    `learning_rate` of `nn.ExponentialDecayLR` have no default.
    """
    step = inspect.signature(torch.optim.lr_scheduler.StepLR)
    decay = inspect.signature(ms.nn.ExponentialDecayLR)
    gamma = step.parameters["gamma"].default
    expect.equal(0.1, gamma, name="gamma")
    for name in ("decay_rate", "learning_rate"):
        default = decay.parameters[name].default
        missing = default is inspect.Parameter.empty
        expect.equal(True, missing, name=name)


def resumes_at_global_step(pytorch, mindspore):
    """After 20 steps, a new `nn.SGD` with `nn.ExponentialDecayLR` and the
    arguments of the example continues with the learning rates of PyTorch's
    `StepLR` if `copy_` sets its `global_step` to 20 before its first step.
    """
    used = used_rates(mindspore.schedule, 20, first=20)
    expect.close(pytorch.rates[20:], used, name="rates")


def same_when_compiled(pytorch, mindspore):
    """Over 40 steps with the arguments of the example, `nn.SGD` without
    parameter groups and with `nn.ExponentialDecayLR` uses the same learning
    rates in PyNative mode, whether `@ms.jit` compiles the step or not, and in
    Graph mode without `@ms.jit`.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = used_rates(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = in_graph_mode(lambda: used_rates(schedule, 40))
    expect.close(rates, used, name="graph_mode")
