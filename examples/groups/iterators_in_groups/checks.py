from functools import partial

import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import build_optimizer, nn_optimizers


def nn_drops_them(pytorch, mindspore):
    """Without `order_params`, if the `params` of the second of two groups is
    an iterator, here `filter(...)`, every optimizer of `mindspore.nn` that
    takes parameters silently drops its parameters: it reads the iterator once
    to check the group and finds nothing left afterwards. With all parameters
    in `order_params`, it raises `ValueError`. `torch.optim.SGD` keeps them.
    """
    expect.equal(
        ["conv.weight", "conv.bias"],
        mindspore.kept,
        name="mindspore_kept",
    )
    expect.equal([2, 2], pytorch.counts, name="pytorch_counts")
    groups = pytorch.optimizer.param_groups
    expect.equal(
        True,
        groups[0]["params"][0] is pytorch.net.conv.weight,
        name="pytorch_first",
    )
    for name, cls in nn_optimizers().items():
        groups = mindspore.as_iterators()
        del groups[0]["lr"]
        optimizer = build_optimizer(cls, groups)
        kept = [param.name for param in optimizer.parameters]
        expect.equal(mindspore.kept, kept, name=name)
        ordered = mindspore.as_iterators()
        del ordered[0]["lr"]
        order = mindspore.net.trainable_params()
        ordered.append({"order_params": order})
        expect.raises(
            ValueError,
            partial(build_optimizer, cls, ordered),
            match="length of order parameters",
            name=f"{name}_ordered",
        )


def lists_keep_them(pytorch, mindspore):
    """With `list(...)` around the iterator, `mindspore.nn.SGD` keeps all
    parameters of the group.
    """
    del pytorch
    expected = [
        "conv.weight",
        "conv.bias",
        "fc.weight",
        "fc.bias",
    ]
    expect.equal(expected, mindspore.from_lists, name="mindspore")


def all_iterators(pytorch, mindspore):
    """If the only group has an iterator as `params` and there is no
    `order_params`, every optimizer of `mindspore.nn` that takes parameters is
    built without any parameter.
    """
    del pytorch
    params = mindspore.net.trainable_params()
    for name, cls in nn_optimizers().items():
        optimizer = build_optimizer(
            cls, [{"params": iter(params)}]
        )
        expect.equal(0, len(optimizer.parameters), name=name)


def experimental_and_mint_keep_them(pytorch, mindspore):
    """Every optimizer of `mindspore.experimental.optim`, and `Adam`, `AdamW`
    and `SGD` of `mindspore.mint.optim`, keep the parameters of the second of
    two groups if its `params` is an iterator, as `torch.optim.SGD` does.
    """
    for place, name, cls in _experimental():
        optimizer = cls(mindspore.as_iterators(), lr=0.1)
        counts = [
            len(group["params"])
            for group in optimizer.param_groups
        ]
        expect.equal(
            pytorch.counts, counts, name=f"{place}_{name}"
        )
    expect.equal([2, 2], mindspore.counts, name="shown")
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        rates = [g["lr"] for g in side.optimizer.param_groups]
        expect.close([0.01, 0.1], rates, name=f"{name}_rates")


def without_groups(pytorch, mindspore):
    """Without groups, every optimizer of `mindspore.nn` that takes parameters
    and every one of `mindspore.experimental.optim` keeps the parameters of
    an iterator; `mindspore.mint.optim.SGD` raises `ValueError` for it.
    """
    del pytorch
    params = mindspore.net.trainable_params()
    for name, cls in nn_optimizers().items():
        optimizer = build_optimizer(cls, iter(params))
        expect.equal(
            4, len(optimizer.parameters), name=f"nn_{name}"
        )
    for place, name, cls in _experimental():
        if place == "experimental":
            optimizer = cls(iter(params), lr=0.1)
            count = len(optimizer.parameters)
            expect.equal(4, count, name=f"{place}_{name}")
    expect.raises(
        ValueError,
        lambda: ms.mint.optim.SGD(iter(params), 0.1),
        match="must not be empty",
        name="mint",
    )


def single_parameters(pytorch, mindspore):
    """A single `Parameter` as `params` of a group, without a list, raises
    `TypeError` in every optimizer of `mindspore.nn` that takes parameters;
    those of `mindspore.experimental.optim`, and `Adam`, `AdamW` and `SGD` of
    `mindspore.mint.optim`, accept it.
    """
    del pytorch
    ones = np.ones(2, np.float32)
    param = ms.Parameter(ms.Tensor(ones), name="param")
    for name, cls in nn_optimizers().items():
        expect.raises(
            TypeError,
            partial(build_optimizer, cls, [{"params": param}]),
            match="must be Parameter type",
            name=f"nn_{name}",
        )
    for place, name, cls in _experimental():
        optimizer = cls([{"params": param}], lr=0.1)
        count = len(optimizer.parameters)
        expect.equal(1, count, name=f"{place}_{name}")


def _experimental():
    for module in (ms.experimental.optim, ms.mint.optim):
        place = module.__name__.split(".")[1]
        base = ms.experimental.optim.Optimizer
        for name, cls in subclasses(module, base).items():
            if name != "FusedAdamW":
                yield place, name, cls
