from functools import partial

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses

WRAPPERS = ("LARS", "OptTFTWrapper")
MODULES = {
    "mindspore_nn": ms.nn,
    "mindspore_experimental": ms.experimental.optim,
    "mindspore_mint": ms.mint.optim,
    "pytorch": torch.optim,
}


def nn_refuses(pytorch, mindspore):
    """A group whose list of parameters is empty raises `ValueError` in every
    optimizer of `mindspore.nn` that takes parameters; `torch.optim.SGD`
    accepts it.
    """
    expected = "ValueError: For 'Optimizer', the argument group `params` "
    expect.equal(
        expected + "must not be empty.",
        mindspore.result,
        name="mindspore_nn",
    )
    expect.equal("2 groups", pytorch.result, name="pytorch")
    for name, cls in _classes("mindspore_nn").items():
        expect.raises(
            ValueError,
            partial(cls, _groups(), **_required(name)),
            match="`params` must not be empty",
            name=name,
        )


def experimental_and_mint_accept(pytorch, mindspore):
    """Every optimizer of `mindspore.experimental.optim`, and `Adam`, `AdamW`
    and `SGD` of `mindspore.mint.optim`, can be built with an empty group,
    first or last, as `torch.optim.SGD` can.
    """
    accepted = pytorch.result
    expect.equal(
        accepted, mindspore.experimental, name="experimental"
    )
    expect.equal(accepted, mindspore.mint_optim, name="mint")
    for place in ("mindspore_experimental", "mindspore_mint"):
        for name, cls in _classes(place).items():
            if name == "FusedAdamW":
                continue
            for groups in (_groups(), _groups()[::-1]):
                built = cls(groups, lr=0.1)
                count = len(built.param_groups)
                expect.equal(2, count, name=f"{place}_{name}")


def fused_adamw_refuses_the_last(pytorch, mindspore):
    """`mindspore.mint.optim.FusedAdamW` raises `IndexError` when it is built
    with an empty group as the last one.
    """
    del pytorch, mindspore
    fused = ms.mint.optim.FusedAdamW
    expect.raises(
        IndexError,
        lambda: fused(_groups()[::-1], lr=0.1),
        match="index out of range",
        name="last",
    )
    built = fused(_groups(), lr=0.1)
    expect.equal(2, len(built.param_groups), name="first")


def the_other_groups_train(pytorch, mindspore):
    """Behind an empty group, `SGD` of PyTorch, of
    `mindspore.experimental.optim` and, compiled with `@ms.jit`, of
    `mindspore.mint.optim` updates the parameters of the second group as usual,
    here without momentum.
    """
    del pytorch, mindspore
    theirs = torch.nn.Parameter(torch.ones(3))
    theirs.grad = torch.ones(3)
    torch.optim.SGD(
        [{"params": []}, {"params": [theirs]}], 0.1
    ).step()
    expect.close(np.full(3, 0.9), theirs, name="pytorch")
    for name in ("mindspore_experimental", "mindspore_mint"):
        for compiled in (True, False):
            if name == "mindspore_mint" and not compiled:
                continue  # it updates nothing then
            ours = ms.Parameter(ms.ops.ones(3), name="ours")
            groups = [{"params": []}, {"params": [ours]}]
            optimizer = MODULES[name].SGD(groups, 0.1)
            step = ms.jit(optimizer) if compiled else optimizer
            step((ms.ops.ones(3),))
            record = name if compiled else f"{name}_PyNative"
            expect.close(np.full(3, 0.9), ours, name=record)


def nothing_at_all(pytorch, mindspore):
    """An empty list of parameters raises `ValueError` in every optimizer that
    takes parameters, of `torch.optim`, `mindspore.nn`,
    `mindspore.experimental.optim` and `mindspore.mint.optim`.
    """
    del pytorch, mindspore
    for place in MODULES:
        rate = (
            "learning_rate" if place == "mindspore_nn" else "lr"
        )
        for name, cls in _classes(place).items():
            options = {rate: 0.1} | _required(name)
            expect.raises(
                ValueError,
                partial(cls, [], **options),
                match="empty",
                name=f"{place}_{name}",
            )


def names_follow_attributes(pytorch, mindspore):
    """In the network of the example, a parameter's name is the path of
    attributes that leads to it, not the type of its layer: the convolutions
    sit in `layer1` and `layer2`, so the filter `"conv" in name` finds nothing,
    in both frameworks.
    """
    expect.equal(0, len(pytorch.conv), name="pytorch")
    expect.equal(0, len(mindspore.conv), name="mindspore")
    expect.equal(6, len(pytorch.rest), name="pytorch_rest")
    expect.equal(6, len(mindspore.rest), name="mindspore_rest")
    expect.equal(pytorch.names, mindspore.names, name="names")
    expect.equal(
        "layer1.0.weight", mindspore.names[0], name="first_name"
    )


def _classes(place):
    module = MODULES[place]
    base = {
        "pytorch": torch.optim.Optimizer,
        "mindspore_nn": ms.nn.Optimizer,
    }.get(place, ms.experimental.optim.Optimizer)
    found = subclasses(module, base)
    return {k: v for k, v in found.items() if k not in WRAPPERS}


def _required(name):
    """Return the arguments that this class of `mindspore.nn` requires."""
    return {
        "AdaFactor": {
            "learning_rate": 0.1,
            "relative_step": False,
        },
        "Lamb": {"learning_rate": 0.1},
        "Momentum": {"learning_rate": 0.1, "momentum": 0.9},
    }.get(name, {})


def _groups():
    ones = ms.Tensor(np.ones(2, np.float32))
    param = ms.Parameter(ones, name="param")
    return [{"params": []}, {"params": [param]}]
