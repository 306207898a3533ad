import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses


def nn_inherits(pytorch, mindspore):
    """In `mindspore.nn.SGD` with fixed learning rates, a group without `lr` or
    `weight_decay` uses the optimizer's value, and a group that sets one of
    them uses its own value for it. Without momentum, each weight changes by
    `lr * (gradient + weight_decay * weight)` with the group's values, as in
    `torch.optim.SGD`.
    """
    expect.close(_law(pytorch), pytorch.weights, name="pytorch")
    expect.close(
        _law(pytorch), mindspore.weights, name="mindspore_nn"
    )


def experimental_inherits(pytorch, mindspore):
    """With fixed learning rates and without momentum,
    `mindspore.experimental.optim.SGD` fills the missing `lr` and
    `weight_decay` of a group with its own, as `torch.optim.SGD` does.
    """
    expect.close(
        pytorch.weights,
        mindspore.experimental,
        name="experimental",
    )


def mint_inherits(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, with fixed learning rates and without
    momentum, `mindspore.mint.optim.SGD` fills the missing `lr` and
    `weight_decay` of a group with its own, as `torch.optim.SGD` does.
    """
    expect.close(
        pytorch.weights, mindspore.mint_compiled, name="mint_jit"
    )


def every_class_inherits(pytorch, mindspore):
    """With fixed learning rates and numbers as weight decay, a group without
    `lr` or `weight_decay` is trained as if it named the optimizer's value.
    This holds for every optimizer of `mindspore.nn` that takes a learning rate
    in its groups. Not run: `FTRL`, which raises `ValueError` with a learning
    rate in a group, `AdaFactor`, which raises it or by default ignores that
    learning rate, `Lamb`, which has no CPU kernel, and the wrappers `LARS` and
    `OptTFTWrapper`.
    """
    del pytorch
    skipped = (
        "AdaFactor",
        "FTRL",
        "LARS",
        "Lamb",
        "OptTFTWrapper",
    )
    classes = subclasses(ms.nn, ms.nn.Optimizer)
    for name, cls in classes.items():
        if name not in skipped:
            named = _trained(cls, mindspore.start, True)
            filled = _trained(cls, mindspore.start, False)
            expect.close(named, filled, name=name)
            first, second = filled[:2]
            expect.apart(
                first, second, at_least=1e-4, name=f"{name}_rates"
            )


def experimental_groups_show_it(pytorch, mindspore):
    """In every optimizer of `mindspore.experimental.optim` with a float as
    `lr`, `param_groups` shows the optimizer's `lr` for a group without one. It
    does the same for `weight_decay`, which `Rprop` does not take.
    """
    del pytorch
    optim = ms.experimental.optim
    classes = subclasses(optim, optim.Optimizer)
    for name, cls in classes.items():
        param = ms.Parameter(
            ms.Tensor(mindspore.start), name="param"
        )
        options = {"lr": 0.5, "weight_decay": 0.125}
        if name == "Rprop":
            del options["weight_decay"]
        (group,) = cls(
            [{"params": [param]}], **options
        ).param_groups
        shown = [float(group[key]) for key in options]
        expect.close(list(options.values()), shown, name=name)


def mint_eager_stands_still(pytorch, mindspore):
    """On CPU in PyNative mode, a step of `mindspore.mint.optim.SGD` without
    `@ms.jit` does not update the weights and raises no error.
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
    """On CPU in PyNative mode without `@ms.jit`, `Tensor.add_` of MindSpore
    returns the sum of two float32 tensors but does not modify the tensor,
    whereas PyTorch's does. `mindspore.mint.optim.SGD` updates weights with it,
    so its updates are missing.
    """
    theirs = torch.tensor(pytorch.start)
    theirs.add_(torch.tensor(pytorch.gradient))
    ours = ms.Tensor(mindspore.start)
    returned = ours.add_(ms.Tensor(mindspore.gradient))
    source = inspect.getsource(ms.mint.optim.sgd)
    updates = "params.add_(d_p, alpha=-lr)" in source
    expect.equal(True, updates, name="source_of_sgd")
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


def _trained(cls, start, named):
    """Train four groups for two steps, as in the comparison."""
    options = {"learning_rate": 0.1, "weight_decay": 0.125}
    filled = {"lr": 0.1, "weight_decay": 0.125} if named else {}
    own = [{}, {"lr": 0.5}, {"weight_decay": 0.25}]
    own.append({"lr": 0.5, "weight_decay": 0.25})
    params = [
        ms.Parameter(ms.Tensor(start), name=n) for n in "abcd"
    ]
    groups = [
        {"params": [param]} | filled | group
        for param, group in zip(params, own, strict=True)
    ]
    if cls is ms.nn.Momentum:
        options["momentum"] = 0.9
    optimizer = cls(groups, **options)
    for size in (0.5, -0.3):
        optimizer((size * ms.Tensor(start),) * 4)
    return [param.asnumpy() for param in params]
