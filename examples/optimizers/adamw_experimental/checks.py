import inspect

import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import (
    average,
    follow_formula,
    make_with,
    train_mindspore,
    train_torch,
)


def same_weights(pytorch, mindspore):
    """In the example, with `lr=0.01`, `eps=1e-2` and `weight_decay=0.1`,
    `mindspore.experimental.optim.AdamW` matches `torch.optim.AdamW` after each
    of 60 steps; both match a formula computed with NumPy.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")
    law = _adamw(pytorch)
    expect.close(law, pytorch.weights, name="pytorch_law")
    expect.close(law, mindspore.weights, name="mindspore_law")


def other_arguments(pytorch, mindspore):
    """In the example, with `lr=0.01` and otherwise the defaults,
    `mindspore.experimental.optim.AdamW` matches `torch.optim.AdamW` after each
    of 60 steps with `amsgrad=True` (and `betas=(0.9, 0.9)`), with
    `maximize=True`, with `betas=(0.0, 0.9)`, with `eps=0.0`, and in a step
    compiled with `@ms.jit`.
    """
    amsgrad = {"amsgrad": True, "betas": (0.9, 0.9)}
    for name, options, jit in (
        ("amsgrad", amsgrad, False),
        ("maximize", {"maximize": True}, False),
        ("betas", {"betas": (0.0, 0.9)}, False),
        ("eps", {"eps": 0.0}, False),
        ("jit", {}, True),
    ):
        theirs = train_torch(
            pytorch, make_with(torch.optim.AdamW, **options)
        )
        make = make_with(optim.AdamW, **options)
        ours = train_mindspore(mindspore, make, jit=jit)
        expect.close(theirs, ours, name=name)


def second_group(pytorch, mindspore):
    """In the example, with `lr=0.02`, `betas=(0.8, 0.99)` and `eps=1e-3` in
    one group and `weight_decay=0.1` and `amsgrad=True` in the other,
    `mindspore.experimental.optim.AdamW` matches `torch.optim.AdamW` after each
    of 60 steps.
    """

    def groups(net):
        first = {"params": [net.weight], "lr": 0.02, "eps": 1e-3}
        first["betas"] = (0.8, 0.99)
        second = {"params": [net.bias], "weight_decay": 0.1}
        return [first, second | {"amsgrad": True}]

    expect.close(
        train_torch(
            pytorch, lambda net: torch.optim.AdamW(groups(net))
        ),
        train_mindspore(
            mindspore, lambda net: optim.AdamW(groups(net))
        ),
        name="both",
    )


def same_defaults(pytorch, mindspore):
    """The defaults of `lr`, `betas`, `eps`, `weight_decay`,
    `amsgrad` and `maximize` are the same in
    `mindspore.experimental.optim.AdamW` and `torch.optim.AdamW`.
    """
    del pytorch, mindspore
    theirs = inspect.signature(torch.optim.AdamW).parameters
    ours = inspect.signature(optim.AdamW).parameters
    names = ["lr", "betas", "eps", "weight_decay"]
    for name in (*names, "amsgrad", "maximize"):
        expect.equal(
            theirs[name].default, ours[name].default, name=name
        )


def integer_stops_training(pytorch, mindspore):
    """With the `int` in `eps=1`, `betas=(0, 0.9)` or `betas=(0.9, 0)`, `Adam`
    and `AdamW` of `mindspore.experimental.optim` raise no error and do not
    update the weights that the value applies to in 60 steps. This holds for
    `eps=1` and `betas=(0, 0.9)` as an argument or assigned to a group before
    the first step, and for `eps=1` and `betas=(0.9, 0)` as keys of a group, in
    PyNative mode with and without `@ms.jit`. With `eps=1.0` or `betas=(0.0,
    0.9)` they train. `Adam` and `AdamW` of `torch.optim` train with `eps=1`
    and raise `ValueError` for both `betas` with an `int`.
    """
    still = [[mindspore.weight, mindspore.bias]] * 60
    for name in ("Adam", "AdamW"):
        kind = getattr(optim, name)
        cases = {"groups": _grouped(kind)}
        for key, value in (("betas", (0, 0.9)), ("eps", 1)):
            given = make_with(kind, **{key: value})
            cases[f"{key}_given"] = given
            assigned = _assigned(kind, key, value)
            cases[f"{key}_assigned"] = assigned
        for case, make in cases.items():
            for jit in (False, True):
                ours = train_mindspore(mindspore, make, jit=jit)
                case = f"{name}_{case}{'_jit' if jit else ''}"
                expect.close(
                    still, ours, tolerance=0.0, name=case
                )
        for key, value in (("betas", (0.0, 0.9)), ("eps", 1.0)):
            ours = train_mindspore(
                mindspore, make_with(kind, **{key: value})
            )
            case = f"{name}_{key}_float"
            expect.apart(still, ours, at_least=0.01, name=case)
        kind = getattr(torch.optim, name)
        theirs = train_torch(pytorch, make_with(kind, eps=1))
        case = f"{name}_torch"
        expect.apart(still, theirs, at_least=0.01, name=case)
        for betas in ((0, 0.9), (0.9, 0)):
            make = make_with(kind, betas=betas)
            expect.raises(
                ValueError,
                lambda make=make: make(pytorch.network()),
                match="both floats or both Tensors",
                name=f"{case}_betas_{betas}",
            )


def _grouped(kind):
    def make(net):
        groups = [
            {"params": [net.weight], "betas": (0.9, 0)},
            {"params": [net.bias], "eps": 1},
        ]
        return kind(groups, 0.01)

    return make


def _assigned(kind, key, value):
    def make(net):
        optimizer = make_with(kind)(net)
        optimizer.param_groups[0][key] = value
        return optimizer

    return make


def _adamw(side):
    lr, beta1, beta2, eps, decay = 0.01, 0.9, 0.999, 1e-2, 0.1

    def update(step, state, weight, gradient):
        mean = average(state, "mean", beta1, gradient)
        square = average(state, "square", beta2, gradient**2)
        root = np.sqrt(square / (1 - beta2**step)) + eps
        mean = mean / (1 - beta1**step)
        return -lr * (mean / root + decay * weight)

    return follow_formula(side, update)
