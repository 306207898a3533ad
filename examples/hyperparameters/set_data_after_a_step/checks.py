import mindspore as ms
import numpy as np
from crosswalk import expect
from mindspore import nn, ops


def pytorch_follows(pytorch, mindspore):
    """After `weight.data = ...` or `weight.copy_(...)`, the next
    `optimizer.step()` of `torch.optim.SGD` goes on from the new weight:
    from 5 to 4.9.
    """
    expect.close(
        _both(0.9), pytorch.before_data, name="before_data"
    )
    expect.close(
        _both(0.9), pytorch.before_copy, name="before_copy"
    )
    expect.close(_both(4.9), pytorch.after_data, name="data")
    expect.close(_both(4.9), pytorch.after_copy, name="copy")


def set_data_cuts_the_weight_off(pytorch, mindspore):
    """In PyNative mode, after `weight.set_data(...)` on a weight that
    `mindspore.nn.SGD` has updated before, the optimizer raises nothing and
    no longer updates that weight: it stays at 5.
    """
    expect.close(_both(0.9), mindspore.before_data, name="before")
    expect.close(
        _both(5.0),
        mindspore.after_data,
        tolerance=0,
        name="weight",
    )


def assign_keeps_it(pytorch, mindspore):
    """In PyNative mode, after `ops.assign(weight, ...)` the next step of
    `mindspore.nn.SGD` goes on from the new weight, from 5 to 4.9, as in
    PyTorch.
    """
    expect.close(_both(0.9), mindspore.before_copy, name="before")
    expect.close(
        pytorch.after_copy, mindspore.after_copy, name="weight"
    )


def rate_is_cut_off_too(pytorch, mindspore):
    """In PyNative mode, after one step with a rate of 0.1,
    `optimizer.learning_rate.set_data(...)` of `mindspore.nn.SGD` reads back
    as 0.5, and the following steps use 0.1; a later `ops.assign` of 0.3
    does not reach them either.
    """
    weight, optimizer = _stepped(mindspore)
    optimizer.learning_rate.set_data(ms.Tensor(0.5, ms.float32))
    expect.close(0.5, optimizer.learning_rate, name="reads")
    mindspore.train_step(weight, optimizer)
    expect.close(_both(0.8), weight, name="set_data")
    ops.assign(
        optimizer.learning_rate, ms.Tensor(0.3, ms.float32)
    )
    expect.close(
        0.3, optimizer.learning_rate, name="reads_assigned"
    )
    mindspore.train_step(weight, optimizer)
    expect.close(_both(0.7), weight, name="assign")


def before_the_first_step(pytorch, mindspore):
    """`set_data` on a weight and on the rate before the first step of
    `mindspore.nn.SGD` takes effect in PyNative mode.
    """
    weight, optimizer = mindspore.begin()
    weight.set_data(ms.Tensor([5.0, 5.0]))
    optimizer.learning_rate.set_data(ms.Tensor(0.5, ms.float32))
    mindspore.train_step(weight, optimizer)
    expect.close(_both(4.5), weight, name="weight")


def load_param_into_net(pytorch, mindspore):
    """In PyNative mode, `ms.load_param_into_net` into weights that
    `mindspore.nn.SGD` has updated before leaves them cut off from that
    optimizer: its next step leaves them as loaded.
    """
    net = nn.Dense(2, 1, has_bias=False)
    optimizer = nn.SGD(net.trainable_params(), learning_rate=0.1)
    grads = (ms.Tensor([[1.0, 1.0]]),)
    optimizer(grads)
    saved = ms.Parameter(ms.Tensor([[5.0, 5.0]]), name="weight")
    ms.load_param_into_net(net, {"weight": saved})
    expect.close(
        _both(5.0), net.weight[0], tolerance=0, name="loaded"
    )
    optimizer(grads)
    expect.close(
        _both(5.0), net.weight[0], tolerance=0, name="stepped"
    )


def new_optimizer_follows(pytorch, mindspore):
    """In PyNative mode, a `mindspore.nn.SGD` built after
    `weight.set_data(...)` goes on from the new weight, from 5 to 4.9, where
    the optimizer used before is cut off from it.
    """
    weight, optimizer = _stepped(mindspore)
    weight.set_data(ms.Tensor([5.0, 5.0]))
    mindspore.train_step(weight, optimizer)
    expect.close(
        _both(5.0), weight, tolerance=0, name="old_optimizer"
    )
    optimizer = nn.SGD([weight], learning_rate=0.1)
    mindspore.train_step(weight, optimizer)
    expect.close(_both(4.9), weight, name="new_optimizer")


def graph_mode_follows(pytorch, mindspore):
    """In Graph mode, after `weight.set_data(...)` the next step of
    `mindspore.nn.SGD` goes on from the new weight: from 5 to 4.9.
    """
    ms.set_context(mode=ms.GRAPH_MODE)
    try:
        weight, optimizer = _stepped(mindspore)
        weight.set_data(ms.Tensor([5.0, 5.0]))
        mindspore.train_step(weight, optimizer)
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)
    expect.close(_both(4.9), weight, name="weight")


def _stepped(mindspore):
    weight, optimizer = mindspore.begin()
    mindspore.train_step(weight, optimizer)
    return weight, optimizer


def _both(value):
    return np.full(2, value)
