import warnings
from functools import partial

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import build_optimizer, nn_optimizers


def mixed_rates(pytorch, mindspore):
    """In `mindspore.nn.SGD`, one group can have a list of learning rates,
    another a `LearningRateSchedule` and a third a fixed learning rate. In the
    example, without momentum and with a fixed learning rate of 0.05, it
    matches `torch.optim.SGD` with `LambdaLR` and one function per group after
    each of three steps.
    """
    law = [[0.1, 0.8, 0.05], [0.2, 0.4, 0.05], [0.4, 0.2, 0.05]]
    expect.close(law, pytorch.rates, name="pytorch_rates")
    expect.close(law, mindspore.rates, name="mindspore_rates")
    expect.close(
        pytorch.history, mindspore.history, name="weights"
    )


def every_nn_optimizer_but_ftrl(pytorch, mindspore):
    """In every optimizer of `mindspore.nn` that takes parameters and runs on
    CPU, the groups can mix a list of learning rates, a `LearningRateSchedule`
    and a fixed learning rate. In the example, `get_lr()` then returns the
    learning rates of the first and the second step. There are two exceptions:
    `FTRL` raises `ValueError` for a list, a schedule or a float as `lr` in a
    group, and `AdaFactor` with `relative_step=False` raises `ValueError` at
    its first step with such groups.
    """
    del pytorch
    for name, cls in nn_optimizers().items():
        a, b, c = mindspore.new_params()
        schedule = ms.nn.ExponentialDecayLR(0.8, 0.5, 1)
        if name == "FTRL":
            for rate in ([0.1, 0.2], schedule, 0.1):
                groups = [{"params": [a], "lr": rate}]
                expect.raises(
                    ValueError,
                    partial(build_optimizer, cls, groups),
                    match="group learning rate are currently not",
                    name=f"{name}_{type(rate).__name__}",
                )
            continue
        groups = [
            {"params": [a], "lr": mindspore.listed},
            {"params": [b], "lr": schedule},
            {"params": [c], "lr": 0.05},
        ]
        optimizer = build_optimizer(cls, groups)
        rates = [rate.item() for rate in optimizer.get_lr()]
        step = partial(
            optimizer, (ms.Tensor(mindspore.gradient),) * 3
        )
        if name == "AdaFactor":
            expect.raises(ValueError, step, match=".", name=name)
        elif name != "Lamb":
            step()
            rates += [rate.item() for rate in optimizer.get_lr()]
            law = [0.1, 0.8, 0.05, 0.2, 0.4, 0.05]
            expect.close(law, rates, name=name)


def experimental_uses_a_scheduler(pytorch, mindspore):
    """In the example, `mindspore.experimental.optim.SGD` with fixed learning
    rates in its groups and `lr_scheduler.LambdaLR` with one function per
    group, without momentum, matches `torch.optim.SGD` with PyTorch's
    `LambdaLR` after each of three steps.
    """
    expect.close(
        pytorch.history, mindspore.experimental, name="weights"
    )


def experimental_passes_a_tensor(pytorch, mindspore):
    """In PyNative mode, `LambdaLR` of
    `mindspore.experimental.optim.lr_scheduler` calls its functions with a
    floating-point tensor, whereas PyTorch's passes an `int`. A function that
    indexes a list with the step raises `ValueError` there; `int(step)` works.
    """
    seen = {"pytorch": [], "mindspore": []}

    def keep(side, step):
        seen[side].append(step)
        return 1.0

    module = ms.experimental.optim
    ours = module.SGD(mindspore.new_params(), 0.1)
    theirs = torch.optim.SGD(
        [torch.nn.Parameter(torch.ones(1))], 0.1
    )
    for side, scheduler, optimizer in (
        ("mindspore", module.lr_scheduler.LambdaLR, ours),
        ("pytorch", torch.optim.lr_scheduler.LambdaLR, theirs),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler(optimizer, partial(keep, side)).step()
        expect.equal(2, len(seen[side]), name=f"{side}_calls")
    for step in seen["mindspore"]:
        expect.equal(
            True,
            isinstance(step, ms.Tensor),
            name="mindspore_tensor",
        )
        expect.equal(
            "Float32", str(step.dtype), name="mindspore_dtype"
        )
    kinds = [type(step).__name__ for step in seen["pytorch"]]
    expect.equal(["int", "int"], kinds, name="pytorch")
    expect.raises(
        ValueError,
        lambda: mindspore.listed[seen["mindspore"][1]],
        match="Only integer tensors",
        name="as_an_index",
    )


def experimental_and_mint_refuse(pytorch, mindspore):
    """When it is built, every optimizer of `mindspore.experimental.optim` and
    `mindspore.mint.optim` raises `TypeError` for a list or a
    `LearningRateSchedule` as a group's `lr`.
    """
    del pytorch
    schedule = ms.nn.ExponentialDecayLR(1.0, 0.5, 1)
    rates = {"list": [0.1, 0.2], "schedule": schedule}
    for module in (ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        for kind, rate in rates.items():
            for name, cls in _experimental(module).items():
                params = mindspore.new_params()
                groups = [{"params": params, "lr": rate}]
                expect.raises(
                    TypeError,
                    partial(cls, groups, lr=0.1),
                    match="must be int, float or Tensor",
                    name=f"{place}_{name}_{kind}",
                )


def no_groups_inside(pytorch, mindspore):
    """A group's `lr` cannot be grouped again: a list of dicts there raises
    `TypeError` in every optimizer of `mindspore.nn` that takes parameters,
    of `mindspore.experimental.optim` and of `mindspore.mint.optim`, and so
    do dicts inside `params`.
    """
    del pytorch
    params = mindspore.new_params()
    inner = [{"params": params[:1], "lr": 0.5}]
    grouped = [{"params": params, "lr": inner}, {"params": inner}]
    builders = {
        f"nn_{name}": partial(build_optimizer, cls)
        for name, cls in nn_optimizers().items()
    }
    for module in (ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        for name, cls in _experimental(module).items():
            builders[f"{place}_{name}"] = partial(cls, lr=0.1)
    for name, build in builders.items():
        for kind, group in zip(
            ("lr", "params"), grouped, strict=True
        ):
            expect.raises(
                TypeError,
                partial(build, [group]),
                match=".",
                name=f"{name}_{kind}",
            )


def lists_have_one_length(pytorch, mindspore):
    """In one optimizer of `mindspore.nn` that takes parameters, two lists of
    learning rates must have the same length, in two groups or in a group and
    as the optimizer's own: lists of three and two floats raise `ValueError`.
    """
    del pytorch
    a, b, _ = mindspore.new_params()
    long, short = [0.1, 0.2, 0.3], [0.1, 0.2]
    groups = [
        {"params": [a], "lr": long},
        {"params": [b], "lr": short},
    ]
    error = "must be the same size"
    for name, cls in nn_optimizers().items():
        expect.raises(
            ValueError,
            partial(build_optimizer, cls, groups),
            match=error,
            name=f"{name}_two_groups",
        )
        group = {"params": [a], "lr": long}
        expect.raises(
            ValueError,
            partial(
                build_optimizer, cls, [group], learning_rate=short
            ),
            match=error,
            name=f"{name}_group_and_optimizer",
        )


def generators_run_dry(pytorch, mindspore):
    """`mindspore.nn.SGD` accepts a generator as a group's `lr` but reads it
    twice, so no value is left and, in PyNative mode on CPU, the first step
    raises `RuntimeError`. Write `list(...)` around it.
    """
    del pytorch
    (a, *_) = mindspore.new_params()
    rates = (rate for rate in [0.1, 0.2])
    optimizer = ms.nn.SGD([{"params": [a], "lr": rates}], 0.1)
    expect.equal(
        0, optimizer.get_lr_parameter(a).size, name="rates_left"
    )
    expect.raises(
        RuntimeError,
        lambda: optimizer((ms.Tensor(mindspore.gradient),)),
        match=r"range \[0, 0\)",
        name="step",
    )
    optimizer = ms.nn.SGD(
        [{"params": [a], "lr": [0.1, 0.2]}], 0.1
    )
    optimizer((ms.Tensor(mindspore.gradient),))
    moved = mindspore.start - np.float32(0.1) * mindspore.gradient
    expect.close(moved, a, name="list")


def _experimental(module):
    return subclasses(module, ms.experimental.optim.Optimizer)
