"""Helpers of the checks of this topic."""

import mindspore as ms
import torch
from crosswalk import expect
from mindspore import nn
from mindspore.experimental import optim


def nn_sgd(params):
    return nn.SGD(params, 0.1, 0.9, weight_decay=0.1)


def assign(name, value):
    return lambda optimizer: setattr(optimizer, name, value)


def assign_dampening_and_nesterov(optimizer):
    optimizer.dampening = 0.5
    optimizer.nesterov = True


def assign_in_group(changes):
    return lambda optimizer: optimizer.param_groups[0].update(
        changes
    )


def took_effect(pytorch, expected, weights, name):
    expect.close(expected, weights, name=name)
    expect.apart(
        pytorch.unchanged,
        weights,
        at_least=0.2,
        name=f"{name}_unchanged",
    )


def ignored(mindspore, weights, name):
    expect.close(
        mindspore.unchanged, weights, tolerance=0, name=name
    )


def in_turn(first, second):
    def change(optimizer):
        first(optimizer)
        second(optimizer)

    return change


def assign_all(optimizer):
    for name in ("beta1", "beta2", "eps", "weight_decay"):
        setattr(optimizer, name, ms.Tensor(0.5, ms.float32))


def experimental_adam(params):
    return optim.Adam(params, 0.1, weight_decay=0.1)


def nn_adam(params):
    return nn.Adam(params, 0.1, weight_decay=0.1)


def torch_adam(params):
    return torch.optim.Adam(params, 0.1, weight_decay=0.1)
