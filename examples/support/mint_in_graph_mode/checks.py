import torch
from crosswalk import expect
from mindspore import mint


def sgd(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, `mindspore.mint.optim.SGD` with
    `lr=0.1` and `momentum=0.9`, without groups, matches the weights of
    `torch.optim.SGD` after the three steps of the example.
    """
    theirs, ours = (
        pytorch.weights["SGD"],
        mindspore.weights["SGD"],
    )
    expect.close(theirs, ours, name="both")


def adam(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, `mindspore.mint.optim.Adam` with
    `lr=0.1` and `eps=1e-2`, and with `weight_decay=0.1` as well, matches the
    weights of `torch.optim.Adam` after the three steps of the example.
    """
    theirs, ours = (
        pytorch.weights["Adam"],
        mindspore.weights["Adam"],
    )
    expect.close(theirs, ours, name="both")
    options = {"lr": 0.1, "eps": 1e-2, "weight_decay": 0.1}
    theirs = pytorch.trained(
        lambda params: torch.optim.Adam(params, **options)
    )
    ours = mindspore.trained(
        lambda params: mint.optim.Adam(params, **options)
    )
    expect.close(theirs, ours, name="with_weight_decay")
