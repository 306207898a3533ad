import numpy as np
import torch
from crosswalk import expect


def flows_through_the_step(pytorch, mindspore):
    """With `differentiable=True`, a Tensor as the learning rate and no
    momentum, a step of `torch.optim.SGD` on a Tensor that is not a leaf is
    part of the computation. The gradient of the sum of the squared weights
    after it with respect to the learning rate matches the formula, and matches
    `ms.grad` of the same step written out as a function in MindSpore.
    """
    after = pytorch.start - 0.1 * pytorch.slope
    law = -2 * float(after @ pytorch.slope)
    expect.close(law, pytorch.rate_slope, name="pytorch")
    expect.close(law, mindspore.rate_slope, name="mindspore")


def not_without_it(pytorch, mindspore):
    """Without `differentiable`, no gradient flows back through the step of
    `torch.optim.SGD`: after `backward()` on a loss of the new weights, the
    `grad` of a learning rate that is a Tensor and requires a gradient is
    `None`.
    """
    del mindspore
    expect.equal(True, pytorch.fixed.requires_grad, name="asked")
    expect.equal(None, pytorch.fixed.grad, name="gradient")
    after = pytorch.start - 0.1 * pytorch.slope
    expect.close(after, pytorch.leaf, name="weight")
    law = pytorch.slope + 2 * after
    expect.close(law, pytorch.leaf.grad, name="of_the_weight")


def stops_at_the_step(pytorch, mindspore):
    """`ms.grad` through a call of `SGD` of `mindspore.nn`,
    `mindspore.experimental.optim` or `mindspore.mint.optim`, both inside a
    function compiled with `@ms.jit`, with a learning rate of 0.1 and without
    momentum, changes the weights and raises no error. Its gradient with respect to the
    gradient passed to the optimizer is exactly 0. For a loss that is the sum
    of the squared weights, the formula gives -0.2 times the weights after the
    step.
    """
    after = pytorch.start - 0.1 * pytorch.slope
    for place, (gradient, weight) in mindspore.through.items():
        expect.close(after, weight, name=f"{place}_weight")
        expect.close(
            np.zeros(3), gradient, tolerance=0.0, name=place
        )
        expect.apart(
            -0.2 * after,
            gradient,
            at_least=0.5,
            name=f"{place}_law",
        )


def stops_in_pynative_too(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `ms.grad` through a call of `SGD` of
    `mindspore.nn` or `mindspore.experimental.optim`, with a learning rate of
    0.1 and without momentum, also changes the weights. Its gradient with
    respect to the gradient passed to the optimizer is exactly 0.
    """
    after = pytorch.start - 0.1 * pytorch.slope
    pairs = (
        ("nn", mindspore.eager),
        ("experimental", mindspore.eager_experimental),
    )
    for place, (gradient, weight) in pairs:
        expect.close(after, weight, name=f"{place}_weight")
        expect.close(
            np.zeros(3), gradient, tolerance=0.0, name=place
        )


def not_on_leaves(pytorch, mindspore):
    """If an ordinary leaf parameter requires a gradient and has one, the step
    of `torch.optim.SGD` with `lr=0.1`, `differentiable=True` and otherwise
    default arguments raises a `RuntimeError`. Its message names the in-place
    change of a leaf.
    """
    del mindspore
    leaf = torch.nn.Parameter(torch.tensor(pytorch.start))
    leaf.grad = torch.tensor(pytorch.slope)
    optimizer = torch.optim.SGD(
        [leaf], lr=0.1, differentiable=True
    )
    expect.raises(
        RuntimeError, optimizer.step, match="a leaf Variable"
    )
