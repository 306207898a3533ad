from functools import partial

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect

MODULES = {
    "mindspore_nn": ms.nn,
    "mindspore_experimental": ms.experimental.optim,
    "mindspore_mint": ms.mint.optim,
    "pytorch": torch.optim,
}


def nn_refuses(pytorch, mindspore):
    """A group whose list of parameters is empty raises `ValueError` in
    `mindspore.nn`; PyTorch accepts it.
    """
    expected = "ValueError: For 'Optimizer', the argument group `params` "
    expect.equal(
        expected + "must not be empty.",
        mindspore.result,
        name="mindspore_nn",
    )
    expect.equal("2 groups", pytorch.result, name="pytorch")


def experimental_and_mint_accept(pytorch, mindspore):
    """`mindspore.experimental.optim` and `mindspore.mint.optim` accept an
    empty group, as PyTorch does.
    """
    accepted = pytorch.result
    expect.equal(
        accepted, mindspore.experimental, name="experimental"
    )
    expect.equal(accepted, mindspore.mint_optim, name="mint")


def the_other_groups_train(pytorch, mindspore):
    """Beside an empty group, the parameters of the other groups are updated
    as usual in PyTorch, in `mindspore.experimental.optim` and, compiled
    with `ms.jit`, in `mindspore.mint.optim`.
    """
    del pytorch, mindspore
    theirs = torch.nn.Parameter(torch.ones(3))
    theirs.grad = torch.ones(3)
    torch.optim.SGD(
        [{"params": []}, {"params": [theirs]}], 0.1
    ).step()
    expect.close(np.full(3, 0.9), theirs, name="pytorch")
    for name in ("mindspore_experimental", "mindspore_mint"):
        ours = ms.Parameter(
            ms.Tensor(np.ones(3, np.float32)), name="ours"
        )
        groups = [{"params": []}, {"params": [ours]}]
        step = ms.jit(MODULES[name].SGD(groups, 0.1))
        step((ms.Tensor(np.ones(3, np.float32)),))
        expect.close(np.full(3, 0.9), ours, name=name)


def nothing_at_all(pytorch, mindspore):
    """A list without any parameter or group raises `ValueError` in PyTorch and
    in all three places of MindSpore.
    """
    del pytorch, mindspore
    for name, module in MODULES.items():
        expect.raises(
            ValueError,
            partial(module.SGD, [], 0.1),
            match="empty",
            name=name,
        )


def names_follow_attributes(pytorch, mindspore):
    """A parameter's name is the path of attributes that leads to it, not the
    type of its layer: in a network whose convolutions sit in `layer1` and
    `layer2`, the filter `"conv" in name` finds nothing, in both frameworks.
    """
    expect.equal(0, len(pytorch.conv), name="pytorch")
    expect.equal(0, len(mindspore.conv), name="mindspore")
    expect.equal(6, len(pytorch.rest), name="pytorch_rest")
    expect.equal(6, len(mindspore.rest), name="mindspore_rest")
    expect.equal(pytorch.names, mindspore.names, name="names")
    expect.equal(
        "layer1.0.weight", mindspore.names[0], name="first_name"
    )
