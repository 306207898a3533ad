import inspect
import re

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect

DEVICES = ["cpu"]


def sgd_does_nothing(pytorch, mindspore):
    """In PyNative mode on CPU without `@ms.jit`, `mindspore.mint.optim.SGD`
    with `lr=0.1` and `momentum=0.9` raises no error but does not update the
    float32 weights in three steps; `torch.optim.SGD` does.
    """
    _nothing("SGD", pytorch, mindspore)


def adam_does_nothing(pytorch, mindspore):
    """In PyNative mode on CPU without `@ms.jit`, `mindspore.mint.optim.Adam`
    with `lr=0.1` and `eps=1e-2` raises no error but does not update the
    float32 weights in three steps; `torch.optim.Adam` does.
    """
    _nothing("Adam", pytorch, mindspore)


def sgd_works_under_jit(pytorch, mindspore):
    """In a function compiled with `@ms.jit`, `mindspore.mint.optim.SGD` with
    `momentum=0.9` and a constant learning rate of 0.1, without groups, matches
    the weights of `torch.optim.SGD` after the three steps of the example.
    """
    theirs, ours = (
        pytorch.weights["SGD"],
        mindspore.weights["SGD"],
    )
    expect.close(theirs, ours, name="both")


def adam_works_under_jit(pytorch, mindspore):
    """In a function compiled with `@ms.jit`, `mindspore.mint.optim.Adam` with
    a constant learning rate of 0.1 and `eps=1e-2`, without groups, matches the
    weights of `torch.optim.Adam` after the three steps of the example.
    """
    theirs, ours = (
        pytorch.weights["Adam"],
        mindspore.weights["Adam"],
    )
    expect.close(theirs, ours, name="both")


def add_leaves_the_tensor(pytorch, mindspore):
    """In PyNative mode on CPU, outside of `@ms.jit`, `add_` of a float32
    Tensor of MindSpore returns the sum in a new Tensor but does not change the
    Tensor itself; `torch.Tensor.add_` does. In their source, `SGD` and `Adam`
    of `mindspore.mint.optim` call it on the weights.
    """
    del pytorch
    for module in (ms.mint.optim.sgd, ms.mint.optim.adam):
        source = inspect.getsource(module)
        found = re.findall(r"param(?:eter)?s\.add_\(", source)
        name = module.__name__.split(".")[-1]
        expect.equal(True, bool(found), name=f"{name}_uses_it")
    ours = mindspore.tensor
    expect.close(
        [1.0, 2.0], ours.asnumpy().tolist(), name="mindspore"
    )
    returned = mindspore.returned.asnumpy().tolist()
    expect.close([1.5, 2.5], returned, name="mindspore_returned")
    theirs = torch.tensor([1.0, 2.0])
    theirs.add_(torch.tensor([0.5, 0.5]))
    expect.close([1.5, 2.5], theirs.tolist(), name="pytorch")


def others_leave_it_too(pytorch, mindspore):
    """In PyNative mode on CPU, outside of `@ms.jit`, `sub_`, `mul_` and `div_`
    do not change a float32 Tensor of MindSpore either, with a float32 Tensor
    or a float as the argument; `copy_` does.
    """
    del pytorch, mindspore
    for name in ("add_", "sub_", "mul_", "div_"):
        for other in (ms.Tensor([0.5, 0.5]), 0.5):
            tensor = ms.Tensor([1.0, 2.0])
            getattr(tensor, name)(other)
            expect.close(
                [1.0, 2.0],
                tensor.asnumpy().tolist(),
                name=f"{name}{type(other).__name__}",
            )
    tensor = ms.Tensor([1.0, 2.0])
    tensor.copy_(ms.Tensor([0.5, 0.5]))
    expect.close(
        [0.5, 0.5], tensor.asnumpy().tolist(), name="copy_"
    )


def _nothing(name, pytorch, mindspore):
    ours = mindspore.silent[name]
    expect.close(
        mindspore.start, ours, tolerance=0.0, name="moved"
    )
    theirs = pytorch.weights[name]
    expect.apart(theirs, ours, at_least=0.02, name="apart")
    law = (
        np.abs(theirs - pytorch.start).max()
        / np.abs(theirs).max()
    )
    expect.apart(
        0.0, float(law), at_least=0.02, name="pytorch_moved"
    )
