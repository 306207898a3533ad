import mindspore as ms
import numpy as np
import torch
from crosswalk import expect

LAW = np.array([[0.5, 0.5], [0.5, 0.5], [0.01, 0.01]])


def one_group_changes(pytorch, mindspore):
    """Setting the learning rate of one group changes only the updates of that
    group's parameters: by assigning to `param_groups[n]["lr"]` in PyTorch's
    SGD, and with `copy_` on the Parameter that `get_lr_parameter` returns in
    `mindspore.nn.SGD` if the group has its own fixed `lr`.
    """
    expect.close(LAW, pytorch.moved, name="pytorch")
    expect.close(LAW, mindspore.moved, name="mindspore")
    for n in (0, 1):
        law = np.array([[0.1], [0.2]])
        law[n] = 0.5
        moved = _two_groups_in_pytorch(n)
        expect.close(law, moved, name=f"pytorch_{n}")
        moved = _two_groups_in_nn(n)
        expect.close(law, moved, name=f"mindspore_{n}")


def any_parameter_of_the_group(pytorch, mindspore):
    """All parameters of a group of `mindspore.nn.SGD` with a fixed `lr` of its
    own share one learning rate, so `get_lr_parameter` returns it for any
    parameter of the group.
    """
    find = mindspore.optimizer.get_lr_parameter
    weights = mindspore.weights
    expect.equal(
        True, find(weights[0]) is find(weights[1]), name="same"
    )
    expect.equal(
        False, find(weights[0]) is find(weights[2]), name="other"
    )


def names(pytorch, mindspore):
    """If the group at position 0 sets its own fixed `lr`, `mindspore.nn.SGD`
    names that learning rate `learning_rate_group_0`; a later group without its
    own `lr` uses the fixed `learning_rate`.
    """
    rates = mindspore.optimizer.learning_rate
    expected = ["learning_rate_group_0"] * 2 + ["learning_rate"]
    expect.equal(expected, [rate.name for rate in rates])


def experimental_group(pytorch, mindspore):
    """In `mindspore.experimental.optim.SGD` in PyNative mode without
    `@ms.jit`, if the learning rates were given as floats,
    `optimizer.param_groups[n]["lr"].copy_(value)` changes only the updates of
    group `n`.
    """
    for n in range(3):
        weights = [
            ms.Parameter(ms.Tensor(start), name=f"w{i}")
            for i, start in enumerate(mindspore.starts)
        ]
        groups = [{"params": [weight]} for weight in weights]
        groups[0]["lr"] = 0.1
        optimizer = ms.experimental.optim.SGD(groups, lr=0.01)
        gradients = tuple(mindspore.gradients)
        optimizer(gradients)
        before = np.stack([w.asnumpy() for w in weights])
        rate = optimizer.param_groups[n]["lr"]
        rate.copy_(ms.Tensor(0.5, ms.float32))
        optimizer(gradients)
        after = np.stack([w.asnumpy() for w in weights])
        law = np.array([[0.1] * 2, [0.01] * 2, [0.01] * 2])
        law[n] = 0.5
        expect.close(law, before - after, name=f"group_{n}")


def _two_groups_in_pytorch(n):
    weights = [
        torch.nn.Parameter(torch.zeros(1)) for _ in range(2)
    ]
    groups = [
        {"params": [weight], "lr": rate}
        for weight, rate in zip(weights, (0.1, 0.2), strict=True)
    ]
    optimizer = torch.optim.SGD(groups)
    for weight in weights:
        weight.grad = torch.ones(1)
    optimizer.step()
    before = np.stack([w.numpy(force=True) for w in weights])
    optimizer.param_groups[n]["lr"] = 0.5
    optimizer.step()
    after = np.stack([w.numpy(force=True) for w in weights])
    return before - after


def _two_groups_in_nn(n):
    weights = [
        ms.Parameter(ms.Tensor([0.0], ms.float32), name=f"w{i}")
        for i in range(2)
    ]
    groups = [
        {"params": [weight], "lr": rate}
        for weight, rate in zip(weights, (0.1, 0.2), strict=True)
    ]
    optimizer = ms.nn.SGD(groups)
    gradients = (ms.ops.ones(1), ms.ops.ones(1))
    optimizer(gradients)
    before = np.stack([w.asnumpy() for w in weights])
    rate = optimizer.get_lr_parameter(weights[n])
    rate.copy_(ms.Tensor(0.5, ms.float32))
    optimizer(gradients)
    after = np.stack([w.asnumpy() for w in weights])
    return before - after
