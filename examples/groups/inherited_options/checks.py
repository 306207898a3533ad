import mindspore as ms
import numpy as np
import torch
from crosswalk import expect


def nn_inherits(pytorch, mindspore):
    """In `mindspore.nn`, a group without `lr` or `weight_decay` takes the
    optimizer's value, and a group with one of them uses its own for that
    one: each weight moves by `lr * (gradient + weight_decay * weight)` with
    the group's values, as in PyTorch.
    """
    expect.close(_law(pytorch), pytorch.weights, name="pytorch")
    expect.close(
        _law(pytorch), mindspore.weights, name="mindspore_nn"
    )


def experimental_inherits(pytorch, mindspore):
    """`mindspore.experimental.optim.SGD` fills the missing `lr` and
    `weight_decay` of a group in the same way.
    """
    expect.close(
        pytorch.weights,
        mindspore.experimental,
        name="experimental",
    )


def mint_inherits(pytorch, mindspore):
    """`mindspore.mint.optim.SGD` fills the missing `lr` and `weight_decay`
    of a group in the same way when its step is compiled with `ms.jit`.
    """
    expect.close(
        pytorch.weights, mindspore.mint_compiled, name="mint_jit"
    )


def mint_eager_stands_still(pytorch, mindspore):
    """On a CPU in PyNative mode, a step of `mindspore.mint.optim.SGD` that
    is not compiled leaves every weight as it was and reports no error.
    """
    unchanged = [pytorch.start] * 4
    expect.close(
        unchanged,
        mindspore.mint_eager,
        tolerance=0,
        name="mint_eager",
    )
    expect.apart(
        pytorch.weights,
        mindspore.mint_eager,
        at_least=0.1,
        name="pytorch",
    )


def in_place_operations_stand_still(pytorch, mindspore):
    """The cause: on a CPU in PyNative mode, `Tensor.add_` of MindSpore
    returns the sum and leaves the tensor as it was, while PyTorch's changes
    it; the optimizers of `mindspore.mint.optim` update weights with it.
    """
    theirs = torch.tensor(pytorch.start)
    theirs.add_(torch.tensor(pytorch.gradient))
    ours = ms.Tensor(mindspore.start)
    returned = ours.add_(ms.Tensor(mindspore.gradient))
    total = pytorch.start + pytorch.gradient
    expect.close(total, theirs, name="pytorch")
    expect.close(total, returned, name="mindspore_returned")
    expect.close(
        mindspore.start,
        ours,
        tolerance=0,
        name="mindspore_tensor",
    )


def _law(side):
    weight, gradient = (
        np.float64(side.start),
        np.float64(side.gradient),
    )
    options = [
        (0.1, 0.125),
        (0.5, 0.125),
        (0.1, 0.25),
        (0.5, 0.25),
    ]
    return [
        weight - lr * (gradient + d * weight) for lr, d in options
    ]
