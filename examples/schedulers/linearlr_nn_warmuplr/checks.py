import inspect

import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import (
    PerFourSteps,
    in_graph_mode,
    rates_of_schedule,
    torch_rates,
    used_rates,
)


def same_weights(pytorch, mindspore):
    """If `copy_` sets `global_step` to 10, which skips the first 10 of 30
    warm-up steps, `nn.SGD` with momentum 0.9, without parameter groups and
    with `nn.WarmUpLR` matches the weights of `torch.optim.SGD` with
    `LinearLR`, `start_factor=1 / 3` and `total_iters=20` after each of 40
    steps.
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
    """At each of 40 steps, `nn.WarmUpLR(0.1, 30)` from `global_step` 10 and
    `LinearLR` with `start_factor=1 / 3` and `total_iters=20` give the same
    learning rate, a straight line from a third of the learning rate up to its
    full value.
    """
    law = [0.1 * min(10 + i, 30) / 30 for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def starts_at_zero(pytorch, mindspore):
    """From `global_step` 0, `nn.WarmUpLR` starts at the learning rate 0. With
    `warmup_steps` equal to `total_iters`, here 20, it differs from `LinearLR`
    with `start_factor=1 / 3` and matches a `LinearLR` with a `start_factor` of
    1e-9; a `start_factor` of 0 raises a `ValueError` in PyTorch.
    """
    schedule = ms.nn.WarmUpLR(0.1, 20)
    rates = rates_of_schedule(schedule, range(40))
    expect.equal(0.0, rates[0], name="first")
    expect.apart(pytorch.rates, rates, at_least=0.3, name="apart")
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, 1e-9, total_iters=20
        ),
        40,
    )
    expect.close(theirs, rates, name="tiny_start_factor")
    expect.raises(
        ValueError,
        lambda: torch.optim.lr_scheduler.LinearLR(
            pytorch.optimizer, 0.0
        ),
        match="expected to be greater than 0",
        name="zero",
    )


def offset_and_length(pytorch, mindspore):
    """The first `global_step` for `nn.WarmUpLR` is `total_iters * start_factor
    / (1 - start_factor)`, if that is a whole number, and `warmup_steps` is
    `total_iters` more. With a `start_factor` of 1 / 4, 1 / 2 and 1 / 10 and a
    `total_iters` of 12, 10 and 18, the learning rates then match PyTorch's
    `LinearLR` over 30 steps. PyTorch's defaults of `1 / 3` and 5 would need
    step 2.5.
    """
    for start_factor, total_iters, offset in (
        (1 / 4, 12, 4),
        (1 / 2, 10, 10),
        (1 / 10, 18, 2),
    ):
        theirs = torch_rates(
            lambda optimizer, start_factor=start_factor, total_iters=total_iters: (
                torch.optim.lr_scheduler.LinearLR(
                    optimizer,
                    start_factor,
                    total_iters=total_iters,
                )
            ),
            30,
        )
        schedule = ms.nn.WarmUpLR(0.1, offset + total_iters)
        steps = range(offset, offset + 30)
        name = f"from_{offset}"
        expect.close(
            theirs, rates_of_schedule(schedule, steps), name=name
        )
    signature = inspect.signature(
        torch.optim.lr_scheduler.LinearLR
    ).parameters
    share = signature["start_factor"].default
    length = signature["total_iters"].default
    offset = length * share / (1 - share)
    expect.close(2.5, offset, name="defaults")


def nothing_moves_at_first(pytorch, mindspore):
    """The first step of `nn.SGD` with `nn.WarmUpLR`, at `global_step` 0, has
    the learning rate 0 and does not update the weights.
    """
    weight = ms.Parameter(ms.ops.ones(1), name="weight")
    optimizer = ms.nn.SGD([weight], ms.nn.WarmUpLR(0.1, 30))
    optimizer((ms.ops.ones(1),))
    expect.equal(1.0, weight.item(), name="first_step")
    optimizer((ms.ops.ones(1),))
    expect.close(1 - 0.1 / 30, weight.item(), name="second_step")


def others_count_with_it(pytorch, mindspore):
    """Of the optimizers of `mindspore.nn`, `Rprop` and `ASGD` also read
    `global_step` for their updates: with a fixed learning rate of 0.1 and the
    other arguments at their defaults, their four updates differ after
    `global_step` was set to 10, so do not use an offset there. The updates of
    the others are equal, those of `AdaFactor` with `relative_step=False` and
    `scale_parameter=False` and those of `Momentum` with momentum 0.9. `Lamb`,
    which raises a `RuntimeError` on CPU, and `LARS` and `OptTFTWrapper`, which
    wrap an optimizer, are left out.
    """
    optimizers = subclasses(ms.nn, ms.nn.Optimizer)
    for name in ("LARS", "OptTFTWrapper"):
        del optimizers[name]
    lamb = optimizers.pop("Lamb")
    weight = ms.Parameter(ms.ops.ones(1), name="weight")
    expect.raises(
        RuntimeError,
        lambda: lamb([weight], learning_rate=0.1)(
            (ms.ops.ones(1),)
        ),
        match="CPU",
        name="Lamb",
    )
    more = {
        "AdaFactor": {
            "relative_step": False,
            "scale_parameter": False,
        },
        "Momentum": {"momentum": 0.9},
    }
    for name, optimizer in optimizers.items():
        weights = []
        for first in (0, 10):
            weight = ms.Parameter(
                ms.Tensor([[1.0, -2.0], [0.5, 3.0]]),
                name="weight",
            )
            made = optimizer(
                [weight],
                learning_rate=0.1,
                **more.get(name, {}),
            )
            made.global_step.copy_(ms.Tensor([first], ms.int32))
            for scale in (1.0, -0.5, 0.1, 2.0):
                gradient = [[scale, -3 * scale], [0.2, scale]]
                made((ms.Tensor(gradient, ms.float32),))
            weights.append(weight.asnumpy().copy())
        if name in ("ASGD", "Rprop"):
            expect.apart(*weights, at_least=0.005, name=name)
        else:
            expect.close(*weights, tolerance=0.0, name=name)


def integer_rate_is_refused(pytorch, mindspore):
    """`nn.WarmUpLR` raises a `TypeError` if `learning_rate` is an integer."""
    expect.raises(
        TypeError,
        lambda: ms.nn.WarmUpLR(1, 30),
        match="'learning_rate' must be type of float",
        name="integer",
    )


def stepped_per_epoch(pytorch, mindspore):
    """Over the same number of steps, from `global_step` 16 on, `nn.WarmUpLR`
    with `warmup_steps=48` changes within each epoch, so its learning rates
    differ from a `LinearLR` with `start_factor=1 / 3` and `total_iters=8`,
    stepped once per epoch of 4 batches. With `warmup_steps=12` and called with
    `global_step // 4` by a subclass of `LearningRateSchedule`, it matches
    them.
    """
    theirs = torch_rates(
        lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, 1 / 3, total_iters=8
        ),
        10,
    )
    theirs = [rate for rate in theirs for _ in range(4)]
    over_steps = ms.nn.WarmUpLR(0.1, 48)
    ours = rates_of_schedule(over_steps, range(16, 56))
    expect.apart(theirs, ours, at_least=0.05, name="apart")
    over_epochs = ms.nn.WarmUpLR(0.1, 12)
    ours = rates_of_schedule(
        PerFourSteps(over_epochs), range(16, 56)
    )
    expect.close(theirs, ours, name="divided")


def same_when_compiled(pytorch, mindspore):
    """Over 40 steps with the arguments of the example, `nn.SGD` without
    parameter groups and with `nn.WarmUpLR` uses the same learning rates in
    PyNative mode, whether `@ms.jit` compiles the step or not, and in Graph
    mode without `@ms.jit`.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = used_rates(schedule, 40, compiled=True, first=10)
    expect.close(rates, used, name="jit")
    used = in_graph_mode(
        lambda: used_rates(schedule, 40, first=10)
    )
    expect.close(rates, used, name="graph_mode")
