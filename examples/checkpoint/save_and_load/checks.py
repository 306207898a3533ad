import importlib.util
import pathlib

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect


def resumed_run_continues(pytorch, mindspore):
    """A run of three steps at a fixed learning rate with momentum 0.9 that is
    saved, loaded into a new network and a new optimizer, and resumed for three
    more steps ends with the same weights as six uninterrupted steps. This was
    run with `torch.optim.SGD`, with `state_dict` and `load_state_dict`, and in
    PyNative mode with `mindspore.nn.SGD`, with `save_checkpoint`,
    `load_checkpoint` and `load_param_into_net`.
    """
    expect.close(
        _six_steps(pytorch),
        pytorch.uninterrupted,
        name="pytorch_law",
    )
    expect.close(
        pytorch.uninterrupted, pytorch.resumed, name="pytorch"
    )
    expect.close(
        mindspore.uninterrupted,
        mindspore.resumed,
        name="mindspore",
    )


def frameworks_agree(pytorch, mindspore):
    """In the example, with the same start, data, fixed learning rate and
    momentum of 0.9, `torch.optim.SGD` and `mindspore.nn.SGD` reach the same
    weights, before saving and after loading.
    """
    expect.close(pytorch.saved, mindspore.saved, name="saved")
    expect.close(
        pytorch.resumed, mindspore.resumed, name="resumed"
    )


def same_calls_as_a_network(pytorch, mindspore):
    """`mindspore.nn.SGD` is saved and loaded with the same three functions as
    a network: `save_checkpoint` accepts it, and `load_param_into_net` puts the
    result of `load_checkpoint` back into it without leaving out a name.
    """
    for part, name in enumerate(("net", "optimizer")):
        cell = mindspore.build(mindspore.second)[part]
        loaded = ms.load_param_into_net(
            cell, ms.load_checkpoint(f"{name}.ckpt")
        )
        expect.equal(([], []), loaded, name=f"{name}_left_out")
        weight = cell.parameters_dict()["weight"]
        expect.close(
            mindspore.saved, weight, name=f"{name}_weight"
        )


def forgotten_optimizer_loses_momentum(pytorch, mindspore):
    """A run of `torch.optim.SGD` or `mindspore.nn.SGD` with a fixed learning
    rate and `momentum=0.9` that was saved after three steps and loads only the
    network's file continues with a momentum of zero. No error is raised, and
    the weights after three more steps differ from the uninterrupted run,
    equally in both frameworks.
    """
    weight, _ = _steps(
        pytorch, pytorch.saved, 0 * pytorch.saved, 3
    )
    expect.close(weight, pytorch.forgotten, name="pytorch")
    expect.close(weight, mindspore.forgotten, name="mindspore")
    expect.apart(
        pytorch.uninterrupted,
        pytorch.forgotten,
        at_least=0.2,
        name="lost",
    )


def saving_returns_nothing(pytorch, mindspore):
    """`mindspore.save_checkpoint` returns `None`, as `torch.save` does: there
    is no state to take from its result.
    """
    optimizer = mindspore.build(mindspore.second)[1]
    result = ms.save_checkpoint(optimizer, "returned.ckpt")
    expect.equal(None, result, name="mindspore")
    state = pytorch.build(pytorch.second)[1].state_dict()
    expect.equal(
        None, torch.save(state, "returned.pt"), name="pytorch"
    )


def suffix_is_added(pytorch, mindspore):
    """By default, `mindspore.save_checkpoint` adds `.ckpt` to a file name that
    does not end with it, here `state.any`, but `mindspore.load_checkpoint`
    does not, so it raises an error for the name that you saved under. PyTorch
    also accepts a name with a different suffix, here `state.pkl`, for both.
    """
    ms.save_checkpoint(
        mindspore.build(mindspore.second)[1], "state.any"
    )
    torch.save(
        pytorch.build(pytorch.second)[1].state_dict(), "state.pkl"
    )
    written = sorted(
        path.name for path in pathlib.Path().glob("state.*")
    )
    expect.equal(
        ["state.any.ckpt", "state.pkl"], written, name="files"
    )
    expect.raises(
        ValueError,
        lambda: ms.load_checkpoint("state.any"),
        match="file format must same with 'format'",
        name="mindspore",
    )
    groups = len(torch.load("state.pkl")["param_groups"])
    expect.equal(1, groups, name="pytorch")


def optim_is_in_torch(pytorch, mindspore):
    """PyTorch's optimizers are in `torch.optim`; `torch.nn` has no `optim`,
    so `from torch.nn import optim` fails.
    """
    expect.equal(True, hasattr(torch, "optim"), name="torch")
    expect.equal(
        False, hasattr(torch.nn, "optim"), name="torch_nn"
    )
    expect.equal(
        None,
        importlib.util.find_spec("torch.nn.optim"),
        name="module",
    )


def _six_steps(side):
    return _steps(side, side.first, 0 * side.first, 6)[0]


def _steps(side, weight, momentum, steps):
    x, y = side.x.numpy(force=True), side.y.numpy(force=True)
    for _ in range(steps):
        gradient = 2 * ((x @ weight.T - y) * x).mean(
            0, keepdims=True
        )
        momentum = np.float32(0.9) * momentum + gradient
        weight = weight - np.float32(0.1) * momentum
    return weight, momentum
