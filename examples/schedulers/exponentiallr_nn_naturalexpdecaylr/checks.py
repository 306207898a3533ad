import math

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
    """With `gamma=0.9`, after each of 40 steps, `nn.SGD` with momentum 0.9,
    without parameter groups and with `nn.NaturalExpDecayLR` and
    `decay_rate=-math.log(gamma)` matches the weights of `torch.optim.SGD` with
    `ExponentialLR`, stepped after every batch.
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
    """With `gamma=0.9`, at each of 40 steps, `nn.NaturalExpDecayLR` with
    `decay_rate=-math.log(gamma)` and PyTorch's `ExponentialLR` give the
    learning rate `lr * gamma ** step`, to within 1e-6 of the largest one.
    """
    law = [0.1 * 0.9**i for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def decay_steps_is_ignored(pytorch, mindspore):
    """Without `is_stair=True`, `nn.NaturalExpDecayLR` ignores `decay_steps`:
    with `decay_steps=4`, `gamma=0.9` and `decay_rate=-math.log(gamma)`, it
    still matches 40 learning rates of PyTorch's `ExponentialLR`, to within
    1e-6 of the largest learning rate, and not the documented `exp(-decay_rate
    * step / decay_steps)`.
    """
    decay_rate = -math.log(0.9)
    schedule = ms.nn.NaturalExpDecayLR(0.1, decay_rate, 4)
    rates = rates_of_schedule(schedule, range(40))
    expect.close(pytorch.rates, rates, name="ignored")
    documented = [
        0.1 * math.exp(-decay_rate * i / 4) for i in range(40)
    ]
    expect.apart(
        documented, rates, at_least=0.4, name="documented"
    )


def stepped_per_epoch(pytorch, mindspore):
    """With `gamma=0.9`, `is_stair=True`, `decay_steps=4` and
    `decay_rate=-math.log(gamma) / 4`, `nn.NaturalExpDecayLR` matches the
    learning rates of PyTorch's `ExponentialLR` stepped once per epoch of 4
    batches. The division by 4 is needed because `nn.NaturalExpDecayLR` rounds
    the step down to a multiple of `decay_steps` but does not divide by it.
    """
    held = np.repeat(pytorch.rates[:10], 4)
    for name, divisor in (("divided", 4), ("not_divided", 1)):
        schedule = ms.nn.NaturalExpDecayLR(
            0.1, -math.log(0.9) / divisor, 4, is_stair=True
        )
        rates = np.array(rates_of_schedule(schedule, range(40)))
        if divisor == 4:
            expect.close(held, rates, name=name)
        else:
            expect.apart(held, rates, at_least=0.2, name=name)


def closer_in_long_runs(pytorch, mindspore):
    """With `gamma=0.9999`, `decay_rate=-math.log(gamma)` and `decay_steps=1`,
    the learning rate of `nn.NaturalExpDecayLR` at step 100000 has a relative
    error of at most 1e-6 against PyTorch's formula. `nn.ExponentialDecayLR`
    with `decay_rate=gamma` and `decay_steps=1` is off by more than 0.15
    percent.
    """
    exact = 0.1 * 0.9999**100_000
    natural = ms.nn.NaturalExpDecayLR(0.1, -math.log(0.9999), 1)
    rate = rates_of_schedule(natural, [100_000])[0]
    expect.close(exact, rate, name="natural")
    power = ms.nn.ExponentialDecayLR(0.1, 0.9999, 1)
    rate = rates_of_schedule(power, [100_000])[0]
    expect.apart(exact, rate, at_least=0.0015, name="power")


def growing_is_refused(pytorch, mindspore):
    """PyTorch's `ExponentialLR` accepts a `gamma` of 1 or 1.1. For both,
    `-math.log(gamma)` is not above 0, so `nn.NaturalExpDecayLR` and
    `nn.natural_exp_decay_lr` raise a `ValueError`.
    """
    for gamma in (1.0, 1.1):
        theirs = torch_rates(
            lambda optimizer, gamma=gamma: (
                torch.optim.lr_scheduler.ExponentialLR(
                    optimizer, gamma
                )
            ),
            3,
        )
        law = [0.1, 0.1 * gamma, 0.1 * gamma**2]
        expect.close(law, theirs, name=f"pytorch_{gamma}")
        decay_rate = -math.log(gamma)
        for name, call, arguments in (
            ("schedule", ms.nn.NaturalExpDecayLR, (1,)),
            ("list", ms.nn.natural_exp_decay_lr, (40, 4, 1)),
        ):
            expect.raises(
                ValueError,
                lambda call=call, arguments=arguments, decay_rate=decay_rate: (
                    call(0.1, decay_rate, *arguments)
                ),
                match="'decay_rate' must be float and must > 0",
                name=f"{name}_{gamma}",
            )


def same_when_compiled(pytorch, mindspore):
    """Over 40 steps with the arguments of the example, `nn.SGD` without
    parameter groups and with `nn.NaturalExpDecayLR` uses the same learning
    rates in PyNative mode, whether `@ms.jit` compiles the step or not, and in
    Graph mode without `@ms.jit`.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = used_rates(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = in_graph_mode(lambda: used_rates(schedule, 40))
    expect.close(rates, used, name="graph_mode")
