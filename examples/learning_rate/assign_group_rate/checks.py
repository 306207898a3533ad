import mindspore as ms
import numpy as np
from crosswalk import expect

LAW = np.array([[0.5, 0.5], [0.5, 0.5], [0.01, 0.01]])


def one_group_changes(pytorch, mindspore):
    """Assigning the rate of one group changes the updates of that group's
    parameters and of no others: through `param_groups[n]["lr"]` in PyTorch,
    through the Parameter that `get_lr_parameter` returns in
    `mindspore.nn.SGD` if the group has an `lr` of its own.
    """
    expect.close(LAW, pytorch.moved, name="pytorch")
    expect.close(LAW, mindspore.moved, name="mindspore")


def any_parameter_of_the_group(pytorch, mindspore):
    """All parameters of a group of `mindspore.nn.SGD` share one rate, so any
    parameter of the group leads to it.
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
    """`mindspore.nn.SGD` names the fixed rate of the group at position 0
    `learning_rate_group_0`; a group without an `lr` of its own uses
    `learning_rate`.
    """
    rates = mindspore.optimizer.learning_rate
    expected = ["learning_rate_group_0"] * 2 + ["learning_rate"]
    expect.equal(expected, [rate.name for rate in rates])


def experimental_group(pytorch, mindspore):
    """In `mindspore.experimental.optim.SGD`, if the rates were given as
    floats, `optimizer.param_groups[n]["lr"].copy_(value)` changes the updates
    of group `n` and of no other.
    """
    weights = [
        ms.Parameter(ms.Tensor(start), name=f"w{i}")
        for i, start in enumerate(mindspore.starts)
    ]
    groups = [
        {"params": weights[:2], "lr": 0.1},
        {"params": weights[2:]},
    ]
    optimizer = ms.experimental.optim.SGD(groups, lr=0.01)
    optimizer(tuple(mindspore.gradients))
    before = np.stack([weight.asnumpy() for weight in weights])
    rate = optimizer.param_groups[0]["lr"]
    rate.copy_(ms.Tensor(0.5, ms.float32))
    optimizer(tuple(mindspore.gradients))
    after = np.stack([weight.asnumpy() for weight in weights])
    expect.close(LAW, before - after)
