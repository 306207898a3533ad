import mindspore as ms
import numpy as np
from crosswalk import expect
from mindspore import nn


def pytorch_follows(pytorch, mindspore):
    """After `weight.data = ...` or, under `torch.no_grad()`,
    `weight.copy_(...)`, the next `optimizer.step()` of `torch.optim.SGD`
    trains on from the new weight: from 5 to 4.5.
    """
    expect.close(
        _both(0.9), pytorch.before_data, name="before_data"
    )
    expect.close(
        _both(0.9), pytorch.before_copy, name="before_copy"
    )
    expect.close(_both(4.5), pytorch.after_data, name="data")
    expect.close(_both(4.5), pytorch.after_copy, name="copy")


def set_data_cuts_the_weight_off(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after `weight.set_data(...)` on a
    weight that `mindspore.nn.SGD` has updated before, the optimizer no longer
    updates that weight and raises no error: it stays at 5.
    """
    expect.close(_both(0.9), mindspore.before_data, name="before")
    expect.close(
        _both(5.0),
        mindspore.after_data,
        tolerance=0,
        name="weight",
    )


def assign_keeps_it(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if `set_data` was not called on that
    weight before, the next step of `mindspore.nn.SGD` after
    `weight.copy_(...)` trains on from the new weight, from 5 to 4.5, as in
    PyTorch.
    """
    expect.close(_both(0.9), mindspore.before_copy, name="before")
    expect.close(
        pytorch.after_copy, mindspore.after_copy, name="weight"
    )


def rate_is_cut_off_too(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, without groups, after one step with
    a fixed learning rate of 0.1, `optimizer.learning_rate.set_data(...)` of
    `mindspore.nn.SGD` reads back as 0.5, but the next step uses 0.1; a later
    `copy_` of 0.3 has no effect on the step after it either.
    """
    weight, optimizer, train_step = _stepped(mindspore)
    optimizer.learning_rate.set_data(ms.Tensor(0.5, ms.float32))
    expect.close(0.5, optimizer.learning_rate, name="reads")
    train_step()
    expect.close(_both(0.81), weight, name="set_data")
    optimizer.learning_rate.copy_(ms.Tensor(0.3, ms.float32))
    expect.close(
        0.3, optimizer.learning_rate, name="reads_assigned"
    )
    train_step()
    expect.close(_both(0.729), weight, name="assign")


def before_the_first_step(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, without groups and with a fixed
    learning rate, `set_data` on a weight and on the learning rate before the
    first step of `mindspore.nn.SGD` takes effect.
    """
    weight, optimizer, train_step = mindspore.begin()
    weight.set_data(ms.Tensor([5.0, 5.0]))
    optimizer.learning_rate.set_data(ms.Tensor(0.5, ms.float32))
    train_step()
    expect.close(_both(2.5), weight, name="weight")


def load_param_into_net(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if `mindspore.nn.SGD` has updated
    weights before, `ms.load_param_into_net` cuts them off from that optimizer:
    its next step does not change the loaded values.
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
    """In PyNative mode without `@ms.jit`, a `mindspore.nn.SGD` built after
    `weight.set_data(...)` trains on from the new weight, from 5 to 4.5,
    whereas the optimizer used before is cut off from it.
    """
    weight, _, train_step = _stepped(mindspore)
    weight.set_data(ms.Tensor([5.0, 5.0]))
    train_step()
    expect.close(
        _both(5.0), weight, tolerance=0, name="old_optimizer"
    )
    optimizer = nn.SGD([weight], learning_rate=0.1)
    optimizer((weight.value(),))
    expect.close(_both(4.5), weight, name="new_optimizer")


def graph_mode_uses_a_stale_gradient(pytorch, mindspore):
    """In Graph mode, in a loop without `@ms.jit` that calls the same function
    from `ms.value_and_grad` and then `mindspore.nn.SGD`, `mindspore.nn.SGD`
    trains on from the new weight after `weight.set_data(...)`, but with the
    gradient of the weight from before it: from 5 to 4.91 and 4.82, whereas
    PyTorch goes to 4.5 and 4.05. After `copy_` it goes to 4.5, as in PyTorch.
    """
    ms.set_context(mode=ms.GRAPH_MODE)
    try:
        weight, _, train_step = _stepped(mindspore)
        weight.set_data(ms.Tensor([5.0, 5.0]))
        found = [train_step(), train_step()]
        weight, _, train_step = _stepped(mindspore)
        weight.copy_(ms.Tensor([5.0, 5.0]))
        assigned = train_step()
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)
    expect.close(
        [_both(4.91), _both(4.82)], found, name="set_data"
    )
    expect.close(_both(4.5), assigned, name="assign")


def _stepped(mindspore):
    weight, optimizer, train_step = mindspore.begin()
    train_step()
    return weight, optimizer, train_step


def _both(value):
    return np.full(2, value)
