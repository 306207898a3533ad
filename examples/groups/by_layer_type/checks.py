import math

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """With the parameters grouped by layer type (convolutions, batch norms,
    dense weights, the rest), learning rates of 0.01 to 0.05 and the other
    arguments of the example, `mindspore.nn.Momentum` matches
    `torch.optim.SGD(..., momentum=0.9)` after each of eight steps.
    """
    for step in (0, 3, 7):
        expect.close(
            pytorch.history[step],
            mindspore.history[step],
            name=f"step_{step + 1}",
        )
    expect.close(
        pytorch.history, mindspore.history, name="all_steps"
    )


def each_group_moves(pytorch, mindspore):
    """In the example, with the parameters grouped by layer type,
    `mindspore.nn.Momentum` updates all four groups: the weights of
    convolutions, batch norms and dense layers, and the dense bias.
    """
    last, start = mindspore.history[-1], mindspore.start
    for position, name in (
        (0, "conv"),
        (1, "gamma"),
        (2, "beta"),
    ):
        expect.apart(
            start[position],
            last[position],
            at_least=0.001,
            name=name,
        )
    expect.apart(
        start[6], last[6], at_least=0.001, name="dense_weight"
    )
    expect.apart(
        start[7], last[7], at_least=0.001, name="dense_bias"
    )
    expect.close(
        pytorch.start, start, tolerance=0, name="same_start"
    )


def groups_by_type(pytorch, mindspore):
    """In a network of two convolutions without bias, each followed by a batch
    norm, and a dense layer, `net.cells_and_names()` of MindSpore with
    `isinstance` finds the same parameters as `net.modules()` of PyTorch: two
    convolution weights, four batch norm parameters (`gamma` and `beta` in
    MindSpore, `weight` and `bias` in PyTorch) and one dense weight. The dense
    bias is left for the last group.
    """
    for kind, size in (
        ("conv", 2),
        ("norm", 4),
        ("dense", 1),
        ("other", 1),
    ):
        theirs, ours = (
            getattr(pytorch, kind),
            getattr(mindspore, kind),
        )
        shapes = [tuple(param.shape) for param in theirs]
        expect.equal(size, len(theirs), name=f"{kind}_pytorch")
        expect.equal(
            shapes, [tuple(p.shape) for p in ours], name=kind
        )
    names = [
        param.name for param in mindspore.norm + mindspore.other
    ]
    expected = [
        f"layer{n}.1.{p}"
        for n in (1, 2)
        for p in ("gamma", "beta")
    ]
    expect.equal(
        [*expected, "fc.bias"], names, name="mindspore_names"
    )


def cosine_by_epoch(pytorch, mindspore):
    """In the example, `nn.cosine_decay_lr` of MindSpore computes one learning
    rate per epoch and repeats it for every step of the epoch. In PyTorch,
    `LambdaLR` with one function per group, stepped once per epoch, gives the
    first group the same learning rates during the four epochs of the decay.
    """
    law = [
        0.025 * (1 + math.cos(math.pi * (n // 2) / 4))
        for n in range(8)
    ]
    expect.close(law, mindspore.cosine, name="mindspore")
    expect.close(law, mindspore.rates, name="mindspore_used")
    expect.close(law, pytorch.rates, name="pytorch_used")


def older_numbers_work(pytorch, mindspore):
    """`mindspore.nn.Momentum` can be built with the numbers of the old
    migration guide: the 1000 learning rates of `nn.cosine_decay_lr(0., 1e-3,
    total_step=1000, step_per_epoch=100, decay_epoch=10)` for the convolutions,
    and fixed ones for the other groups. Because one group has a list, the
    fixed learning rates are rounded: 1e-4 becomes about 1.00017e-4.
    """
    rates = ms.nn.cosine_decay_lr(
        0.0,
        1e-3,
        total_step=1000,
        step_per_epoch=100,
        decay_epoch=10,
    )
    groups = [
        {"order_params": mindspore.params},
        {
            "params": mindspore.conv,
            "weight_decay": 1e-4,
            "lr": rates,
        },
        {
            "params": mindspore.norm,
            "weight_decay": 0.0,
            "lr": 1e-4,
        },
        {
            "params": mindspore.dense,
            "weight_decay": 1e-5,
            "lr": 1e-3,
        },
        {"params": mindspore.other},
    ]
    optimizer = ms.nn.Momentum(
        groups, learning_rate=1e-3, momentum=0.9
    )
    expect.equal(1000, len(rates), name="rates")
    one = np.float32(1)
    small, large = (
        np.float32(r) + one - one for r in (1e-4, 1e-3)
    )
    block = [1e-3 * pytorch.cosine(0), small, small]
    law = [*block, *block, large, large]
    expect.close(law, list(optimizer.get_lr()), name="first_step")


def view_takes_a_tuple(pytorch, mindspore):
    """`Tensor.view((-1, 100))`, with the shape as a tuple, works for a new
    tensor of shape (2, 4, 5, 5) in PyTorch and in MindSpore.
    """
    ours = ms.Tensor(np.ones((2, 4, 5, 5), np.float32)).view(
        (-1, 100)
    )
    theirs = torch.ones(2, 4, 5, 5).view((-1, 100))
    expect.equal((2, 100), tuple(ours.shape), name="mindspore")
    expect.equal((2, 100), tuple(theirs.shape), name="pytorch")
    expect.equal(
        100, mindspore.shapes[6][1], name="inputs_of_the_dense"
    )
    expect.equal(
        100, pytorch.net.fc.in_features, name="in_features"
    )


def order_is_the_networks(pytorch, mindspore):
    """With `order_params` set to `net.trainable_params()`,
    `optimizer.parameters` of `mindspore.nn.Momentum` has the order of the
    network, although the groups are ordered by layer type.
    """
    del pytorch
    ordered = [
        param.name for param in mindspore.optimizer.parameters
    ]
    expect.equal(
        [p.name for p in mindspore.params], ordered, name="order"
    )
    groups = mindspore.conv + mindspore.norm
    grouped = [param.name for param in groups]
    expect.equal(
        False,
        grouped == ordered[: len(grouped)],
        name="as_grouped",
    )


def dense_belongs_in_init(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, calling `nn.Dense(x)` with a Tensor
    in `construct` raises `TypeError`, because it builds a layer instead of
    applying one, and the number of outputs is missing. In PyTorch,
    `nn.Linear(x)` with a tensor also raises `TypeError`.
    """
    images = np.ones((1, 100), np.float32)

    class Ours(ms.nn.Cell):
        def construct(self, x):
            return ms.nn.Dense(x)

    expect.raises(
        TypeError,
        lambda: Ours()(ms.Tensor(images)),
        match="out_channels",
        name="mindspore",
    )
    expect.raises(
        TypeError,
        lambda: torch.nn.Linear(torch.tensor(images)),
        match="out_features",
        name="pytorch",
    )


def membership_compares_values(pytorch, mindspore):
    """`param in group` compares by value in both frameworks. In the example,
    it raises an error for a batch norm weight and the list of the other three
    batch norm parameters. For a scalar parameter, it is `True` if the list
    holds a different parameter with the same value.
    """
    ours = [
        ms.Parameter(ms.Tensor(1.0), name=name) for name in "ab"
    ]
    theirs = [
        torch.nn.Parameter(torch.tensor(1.0)) for _ in range(2)
    ]
    expect.equal(
        True, ours[0] in ours[1:], name="mindspore_one_element"
    )
    expect.equal(
        True, theirs[0] in theirs[1:], name="pytorch_one_element"
    )
    ours, theirs = mindspore.norm, pytorch.norm
    error = (RuntimeError, ValueError)
    expect.raises(
        error,
        lambda: ours[0] in ours[1:],
        match=".",
        name="mindspore",
    )
    expect.raises(
        error,
        lambda: theirs[0] in theirs[1:],
        match=".",
        name="pytorch",
    )
