import torch
from crosswalk import expect


def torch_keeps_numbers(pytorch, mindspore):
    """In PyTorch, a learning rate given as a float and changed by assigning
    floats to `param_groups[0]["lr"]` is read back from there as a float, so a
    list recorded while training keeps the learning rate of each step.
    """
    expect.close([0.1, 0.05, 0.025], pytorch.history)


def nn_parameter_is_live(pytorch, mindspore):
    """In PyNative mode with a fixed learning rate and no groups,
    `optimizer.get_lr()` of `mindspore.nn.SGD` returns the Parameter itself, so
    every entry of a recorded list shows the learning rate that `copy_` set
    last.
    """
    expect.apart(pytorch.history, mindspore.history, at_least=0.8)
    expect.close(
        [0.0125] * 3, mindspore.history, name="latest_rate"
    )


def nn_array_is_live(pytorch, mindspore):
    """On CPU in PyNative mode, the array that `asnumpy()` of MindSpore returns
    for the fixed learning rate of a `mindspore.nn.SGD` without groups shares
    its memory, so it changes when `copy_` sets the learning rate later.
    """
    expect.close(
        [0.0125] * 3, mindspore.arrays, name="latest_rate"
    )


def nn_item_is_a_number(pytorch, mindspore):
    """With a fixed learning rate and no groups,
    `optimizer.get_lr().asnumpy().item()` of `mindspore.nn.SGD` is a Python
    float and keeps its value.
    """
    expect.close(pytorch.history, mindspore.numbers)
    kinds = {
        type(number).__name__ for number in mindspore.numbers
    }
    expect.equal({"float"}, kinds, name="type")


def torch_tensor_is_live(pytorch, mindspore):
    """In PyTorch, if the learning rate was given as a Tensor,
    `optimizer.param_groups[0]["lr"]` returns that Tensor itself, so a later
    in-place change also changes the entries recorded earlier.
    """
    optimizer = torch.optim.SGD(
        [pytorch.weight], lr=torch.tensor(0.1)
    )
    read = optimizer.param_groups[0]["lr"]
    optimizer.param_groups[0]["lr"].mul_(0.5)
    expect.close(0.05, read)
