import mindspore as ms
import numpy as np
from crosswalk import expect
from mindspore import nn


def pytorch_leaves_it(pytorch, mindspore):
    """`torch.optim.SGD` does not change a parameter with `requires_grad =
    False` that never had a gradient: its `grad` is `None`, so it is not
    decayed either.
    """
    expect.close(np.ones(2), pytorch.frozen, name="frozen")
    expect.equal(None, pytorch.net.shift.grad, name="gradient")


def trainable_params_leaves_it(pytorch, mindspore):
    """`net.trainable_params()` leaves out a parameter with `requires_grad =
    False`, so a `mindspore.nn.SGD` built from it neither decays nor updates
    that parameter. The other weight, called `scale`, matches `torch.optim.SGD`
    after the first step, here without momentum.
    """
    names = [
        param.name for param in mindspore.optimizer.parameters
    ]
    expect.equal(["scale"], names, name="parameters")
    expect.close(np.ones(2), mindspore.frozen, name="frozen")
    expect.close(
        pytorch.trained, mindspore.trained, name="trained"
    )


def pynative_decays_it(pytorch, mindspore):
    """In PyNative mode without `@ms.jit` and without groups, a parameter with
    `requires_grad = False` and without `gamma` or `beta` in its name, given to
    `mindspore.nn.SGD` by `net.get_parameters()`, gets a zero gradient and is
    decayed: with a learning rate of 0.01 and a weight decay of 0.5, from 1 to
    0.995.
    """
    expect.close(
        np.full(2, 0.995), mindspore.decayed, name="decayed"
    )
    expect.apart(
        pytorch.frozen,
        mindspore.decayed,
        at_least=4e-3,
        name="pytorch",
    )


def jit_trains_it(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, `mindspore.nn.SGD` still updates a
    parameter with `requires_grad = False` that is among the weights of
    `ms.value_and_grad`. Without momentum and groups, its first step subtracts
    `rate * (gradient + decay * weight)`, or `rate * gradient` if the name of
    the parameter has `gamma` or `beta` in it, here `beta`.
    """
    expect.close(_updated(), mindspore.moved, name="moved")
    moved = _moved_beta(mindspore, jit=True)
    expect.close(_updated(decay=0.0), moved, name="beta")


def graph_mode_trains_it(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, `mindspore.nn.SGD` still updates a
    parameter with `requires_grad = False` that is among the weights of
    `ms.value_and_grad`. Without momentum and groups, its first step subtracts
    `rate * (gradient + decay * weight)`, or `rate * gradient` if the name of
    the parameter has `gamma` or `beta` in it, here `beta`.
    """
    ms.set_context(mode=ms.GRAPH_MODE)
    try:
        moved = mindspore.step_with_all_parameters(jit=False)
        beta = _moved_beta(mindspore)
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)
    expect.close(_updated(), moved, name="moved")
    expect.close(_updated(decay=0.0), beta, name="beta")


def _moved_beta(side, jit=False):
    net = side.Net()
    net.shift.requires_grad = False
    net.shift.name = "beta"
    optimizer = nn.SGD(
        list(net.get_parameters()), 0.01, weight_decay=0.5
    )
    grad_fn = ms.value_and_grad(net, None, optimizer.parameters)

    def train_step(x):
        loss, grads = grad_fn(x)
        optimizer(grads)
        return loss

    step = ms.jit(train_step) if jit else train_step
    step(side.x)
    return net.shift.asnumpy()


def _updated(decay=0.5):
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    gradient = (2 * (x + 1)).sum(axis=0) / x.size
    return 1 - 0.01 * (gradient + decay)
