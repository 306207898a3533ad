from functools import partial

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect


def mixed_rates(pytorch, mindspore):
    """In `mindspore.nn` one group can have a list of rates, another a
    `LearningRateSchedule` and a third a fixed rate; three steps give the
    weights of PyTorch with `LambdaLR` and one function per group.
    """
    law = [[0.1, 0.8, 0.05], [0.2, 0.4, 0.05], [0.4, 0.2, 0.05]]
    expect.close(law, pytorch.rates, name="pytorch_rates")
    expect.close(law, mindspore.rates, name="mindspore_rates")
    expect.close(
        pytorch.history, mindspore.history, name="weights"
    )


def experimental_uses_a_scheduler(pytorch, mindspore):
    """In `mindspore.experimental.optim` the groups have fixed rates, and
    `lr_scheduler.LambdaLR` with one function per group changes them: the
    weights after each step are PyTorch's.
    """
    expect.close(
        pytorch.history, mindspore.experimental, name="weights"
    )


def experimental_passes_a_tensor(pytorch, mindspore):
    """`LambdaLR` of `mindspore.experimental.optim.lr_scheduler` calls its
    functions with a floating-point tensor, where PyTorch's passes an `int`:
    a function that uses the step as an index needs `int(step)` there.
    """
    seen = []

    def keep(step):
        seen.append(step)
        return 1.0

    module = ms.experimental.optim
    ours = module.SGD(mindspore.new_params(), 0.1)
    module.lr_scheduler.LambdaLR(ours, keep)
    theirs = torch.optim.SGD(
        [torch.nn.Parameter(torch.ones(1))], 0.1
    )
    torch.optim.lr_scheduler.LambdaLR(theirs, keep)
    expect.equal(
        True,
        isinstance(seen[0], ms.Tensor),
        name="mindspore_tensor",
    )
    expect.equal(
        "Float32", str(seen[0].dtype), name="mindspore_dtype"
    )
    expect.equal("int", type(seen[1]).__name__, name="pytorch")
    expect.raises(
        ValueError,
        lambda: mindspore.listed[seen[0]],
        match="Only integer tensors",
        name="as_an_index",
    )


def experimental_and_mint_refuse(pytorch, mindspore):
    """`mindspore.experimental.optim` and `mindspore.mint.optim` take no list
    and no `LearningRateSchedule` as a group's `lr`: `TypeError`.
    """
    del pytorch
    schedule = ms.nn.ExponentialDecayLR(1.0, 0.5, 1)
    rates = {"list": [0.1, 0.2], "schedule": schedule}
    for module in (ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        for kind, rate in rates.items():
            groups = [
                {"params": mindspore.new_params(), "lr": rate}
            ]
            expect.raises(
                TypeError,
                partial(module.SGD, groups, 0.1),
                match="must be int, float or Tensor",
                name=f"{place}_{kind}",
            )


def no_groups_inside(pytorch, mindspore):
    """A group's `lr` cannot be grouped again: a list of dicts there raises
    `TypeError` in all three places of MindSpore, and so do dicts inside
    `params`.
    """
    del pytorch
    for module in (ms.nn, ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        params = mindspore.new_params()
        inner = [{"params": params[:1], "lr": 0.5}]
        for kind, group in (
            ("lr", {"params": params, "lr": inner}),
            ("params", {"params": inner}),
        ):
            expect.raises(
                TypeError,
                partial(module.SGD, [group], 0.1),
                match=".",
                name=f"{place}_{kind}",
            )


def lists_have_one_length(pytorch, mindspore):
    """All lists of rates in one `mindspore.nn` optimizer must have the same
    length, those of two groups and that of the optimizer included:
    otherwise `ValueError`.
    """
    del pytorch
    a, b, _ = mindspore.new_params()
    long, short = [0.1, 0.2, 0.3], [0.1, 0.2]
    groups = [
        {"params": [a], "lr": long},
        {"params": [b], "lr": short},
    ]
    error = "must be the same size"
    expect.raises(
        ValueError,
        lambda: ms.nn.SGD(groups, 0.1),
        match=error,
        name="two_groups",
    )
    expect.raises(
        ValueError,
        lambda: ms.nn.SGD([{"params": [a], "lr": long}], short),
        match=error,
        name="group_and_optimizer",
    )


def generators_run_dry(pytorch, mindspore):
    """A generator as a group's `lr` is accepted by `mindspore.nn` and read
    twice: nothing is left of it, and the first step raises `RuntimeError`.
    Write `list(...)` around it.
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
