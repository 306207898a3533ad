import functools
import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore import nn
from mindspore.experimental import optim
from shared import loss_gradients


def adadelta(pytorch, mindspore):
    """With only the learning rate given, here 0.5, and with `rho=0.8` and
    `eps=1e-2` (`epsilon` in `mindspore.nn`) as well, `Adadelta` of
    `mindspore.experimental.optim` and of `mindspore.nn` matches the weights of
    `torch.optim.Adadelta` after the 20 steps of the example.
    """
    _same("Adadelta", pytorch, mindspore, lr=0.5)


def adafactor(pytorch, mindspore):
    """With a learning rate of 0.01 and gradients of about 1,
    `mindspore.nn.AdaFactor` with `beta1=0.0` and `relative_step=False` matches
    the weights of `torch.optim.Adafactor` after the 20 steps of the example.
    With the same loss multiplied by 1e-5 it differs, because the first `eps`
    of PyTorch is larger.
    """
    theirs = pytorch.weights["Adafactor"]
    expect.close(
        theirs, mindspore.weights["Adafactor"], name="both"
    )
    small = {"scale": 1e-5}
    cls, options = torch.optim.Adafactor, {"lr": 0.01}
    theirs = pytorch.trained(cls, **small, **options)
    ours = mindspore.trained(
        nn.AdaFactor,
        learning_rate=0.01,
        beta1=0.0,
        relative_step=False,
        **small,
    )
    expect.apart(theirs, ours, at_least=0.05, name="small")
    eps = (1e-15, 1e-3)
    theirs = pytorch.trained(cls, eps=eps, **small, **options)
    expect.close(theirs, ours, name="small_with_other_eps")


def adafactor_has_a_first_moment(pytorch, mindspore):
    """With a learning rate of 0.01, `mindspore.nn.AdaFactor` with
    `relative_step=False` and its default `beta1` of 0.9 differs from
    `torch.optim.Adafactor` after the 20 steps of the example, because PyTorch
    keeps no first moment.
    """
    theirs, ours = (
        pytorch.weights["Adafactor"],
        mindspore.in_nn["Adafactor"],
    )
    expect.apart(theirs, ours, at_least=0.01, name="apart")
    names = inspect.signature(torch.optim.Adafactor).parameters
    expect.equal(False, "beta1" in names, name="pytorch_beta1")
    weight = torch.nn.Parameter(torch.tensor(pytorch.weight))
    weight.grad = torch.ones_like(weight)
    optimizer = torch.optim.Adafactor([weight], lr=0.01)
    optimizer.step()
    kept = sorted(optimizer.state[weight])
    expect.equal(
        ["col_var", "row_var", "step"], kept, name="pytorch_state"
    )
    parameter = _parameters(nn.AdaFactor)["beta1"]
    expect.equal(0.9, parameter.default, name="mindspore_beta1")


def adamax(pytorch, mindspore):
    """With only the learning rate given, here 0.01, and with `eps=1e-2` as
    well, `mindspore.experimental.optim.Adamax` matches the weights of
    `torch.optim.Adamax` after the 20 steps of the example. With `eps=1e-2`,
    both match the formula that adds `eps` to the gradient's magnitude before
    the maximum.
    """
    theirs = pytorch.weights["Adamax"]
    expect.close(theirs, mindspore.weights["Adamax"], name="both")
    law = _adamax(pytorch, eps_in_the_maximum=True)
    expect.close(law, theirs, name="law")
    theirs = pytorch.trained(torch.optim.Adamax, lr=0.01)
    ours = mindspore.trained(optim.Adamax, lr=0.01)
    expect.close(theirs, ours, name="defaults")


def nn_adamax_adds_eps_later(pytorch, mindspore):
    """With a learning rate of 0.01, `eps=1e-2` and gradients of about 1,
    `mindspore.nn.AdaMax` differs from `torch.optim.Adamax` after the 20 steps
    of the example, because it adds `eps` after the maximum, as a formula that
    matches it does. With the loss multiplied by 1e6, the same `eps` does not
    matter, and the weights match.
    """
    large = pytorch.trained(
        torch.optim.Adamax, 1e6, lr=0.01, eps=1e-2
    )
    ours = mindspore.trained(
        nn.AdaMax, 1e6, learning_rate=0.01, eps=1e-2
    )
    expect.close(large, ours, name="large_loss")
    theirs, ours = (
        pytorch.weights["Adamax"],
        mindspore.in_nn["Adamax"],
    )
    expect.apart(theirs, ours, at_least=5e-5, name="apart")
    law = _adamax(pytorch, eps_in_the_maximum=False)
    expect.close(law, ours, name="law")


def asgd(pytorch, mindspore):
    """With only the learning rate given, here 0.1, and with `lambd=0.01` and
    `t0=5.0` as well, `ASGD` of `mindspore.experimental.optim` and of
    `mindspore.nn` matches the weights of `torch.optim.ASGD` after the 20 steps
    of the example.
    """
    _same("ASGD", pytorch, mindspore, lr=0.1)


def rprop(pytorch, mindspore):
    """With only the learning rate given, here 0.01, and with
    `step_sizes=(1e-3, 0.05)` as well, `Rprop` of
    `mindspore.experimental.optim` and of `mindspore.nn` matches the weights of
    `torch.optim.Rprop` after the 20 steps of the example.
    """
    _same("Rprop", pytorch, mindspore, lr=0.01)


def sgd(pytorch, mindspore):
    """With only the learning rate given, here 0.1, and with `momentum=0.9` and
    `dampening=0.5` as well, `SGD` of `mindspore.experimental.optim` and of
    `mindspore.nn` matches the weights of `torch.optim.SGD` after the 20 steps
    of the example.
    """
    _same("SGD", pytorch, mindspore, lr=0.1)


def nn_default_rates(pytorch, mindspore):
    """Of the nine optimizer classes whose names, capitals aside,
    `mindspore.nn` and `torch.optim` share, only `Adadelta` and `Adam` have the
    same default learning rate in both.
    """
    del pytorch, mindspore
    expected = {
        "ASGD": [0.01, 0.1],
        "Adadelta": [1.0, 1.0],
        "Adafactor": [0.01, None],
        "Adagrad": [0.01, 0.001],
        "Adam": [0.001, 0.001],
        "Adamax": [0.002, 0.001],
        "RMSprop": [0.01, 0.1],
        "Rprop": [0.01, 0.1],
        "SGD": [0.001, 0.1],
    }
    spelling = {n.lower(): n for n in nn.optim.__all__}
    classes = subclasses(torch.optim, torch.optim.Optimizer)
    both = [n for n in classes if n.lower() in spelling]
    expect.equal(sorted(expected), sorted(both), name="pairs")
    for name, rates in expected.items():
        ours = getattr(nn, spelling[name.lower()])
        theirs = _parameters(getattr(torch.optim, name))[
            "lr"
        ].default
        found = [
            theirs,
            _parameters(ours)["learning_rate"].default,
        ]
        expect.equal(rates, found, name=name)


def experimental_default_rates(pytorch, mindspore):
    """Every optimizer of `mindspore.experimental.optim` has the default
    learning rate of its namesake in `torch.optim`, except `SGD`, which has
    none and must be given one.
    """
    del pytorch, mindspore
    differ = {}
    for name in sorted(set(optim.__all__) - {"Optimizer"}):
        theirs = _parameters(getattr(torch.optim, name))[
            "lr"
        ].default
        ours = _parameters(getattr(optim, name))["lr"].default
        if theirs != ours:
            differ[name] = (
                "none"
                if ours is inspect.Parameter.empty
                else ours
            )
    expect.equal({"SGD": "none"}, differ, name="differ")
    param = ms.Parameter(ms.Tensor([1.0]), name="param")
    call = functools.partial(optim.SGD, [param])
    expect.raises(TypeError, call, match="'lr'", name="error")


def _same(name, pytorch, mindspore, lr):
    theirs = pytorch.weights[name]
    expect.close(
        theirs, mindspore.weights[name], name="experimental"
    )
    expect.close(theirs, mindspore.in_nn[name], name="nn")
    theirs = pytorch.trained(getattr(torch.optim, name), lr=lr)
    ours = mindspore.trained(getattr(optim, name), lr=lr)
    expect.close(theirs, ours, name="experimental_defaults")
    in_nn = mindspore.trained(getattr(nn, name), learning_rate=lr)
    expect.close(theirs, in_nn, name="nn_defaults")


def _parameters(optimizer_class):
    constructor = optimizer_class.__init__
    for cell in constructor.__closure__ or ():
        inner = cell.cell_contents
        if getattr(inner, "__name__", "") == "__init__":
            constructor = inner
    return inspect.signature(constructor).parameters


def _adamax(side, eps_in_the_maximum, lr=0.01, eps=1e-2):
    beta1, beta2 = 0.9, 0.999
    weights = [side.weight.astype(float), side.bias.astype(float)]
    means, largest = [0.0, 0.0], [0.0, 0.0]
    for step in range(1, 21):
        for i, gradient in enumerate(
            loss_gradients(side, weights)
        ):
            means[i] = beta1 * means[i] + (1 - beta1) * gradient
            size = np.abs(gradient) + (
                eps if eps_in_the_maximum else 0.0
            )
            largest[i] = np.maximum(beta2 * largest[i], size)
            under = largest[i] + (
                0.0 if eps_in_the_maximum else eps
            )
            weights[i] = (
                weights[i]
                - lr / (1 - beta1**step) * means[i] / under
            )
    return weights
