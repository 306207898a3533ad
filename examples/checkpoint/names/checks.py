import mindspore as ms
import numpy as np
from crosswalk import expect

ZERO, ONE = [[0.0] * 3], [[1.0] * 3]


def wrapping_renames(pytorch, mindspore):
    """In MindSpore, assigning a network for the first time to an attribute of
    another Cell, here `network`, renames its parameters, and an optimizer built after that, here
    `mindspore.nn.SGD`, has different names in its file: `accum.network.weight`
    in place of `accum.weight`. A Cell with `auto_prefix=False`, such as
    `nn.WithLossCell`, renames none.
    """
    names = list(mindspore.optimizer.parameters_dict())
    expect.equal(
        [
            "global_step",
            "learning_rate",
            "network.weight",
            "momentum",
            "accum.network.weight",
            "stat.network.weight",
        ],
        names,
        name="names",
    )
    plain = list(ms.load_checkpoint("optimizer.ckpt"))
    expect.equal(True, "accum.weight" in plain, name="plain")
    net, _ = mindspore.build()
    ms.nn.WithLossCell(net, ms.nn.MSELoss())
    expect.equal("weight", net.weight.name, name="with_loss")


def unknown_names_are_skipped(pytorch, mindspore):
    """`mindspore.load_param_into_net` raises no error if the names of a
    `mindspore.nn.SGD` have a prefix that the file lacks: it does not change
    weights and momentum, and returns the names that it could not set and those
    of the file that it did not use. By default, PyTorch's
    `Module.load_state_dict` raises a `RuntimeError`.
    """
    left_out = [
        "network.weight",
        "accum.network.weight",
        "stat.network.weight",
    ]
    unused = ["weight", "accum.weight", "stat.weight"]
    expect.equal(left_out, mindspore.net_left_out, name="not_set")
    expect.equal(unused, mindspore.file_left_out, name="not_used")
    weight = mindspore.net.weight.asnumpy().tolist()
    expect.close(ZERO, weight, name="weight")
    accum = mindspore.optimizer.accum[0].asnumpy().tolist()
    expect.close(ZERO, accum, name="momentum")
    expect.equal(
        'Missing key(s) in state_dict: "network.weight".',
        pytorch.refused,
        name="pytorch",
    )


def strict_load_does_not_raise(pytorch, mindspore):
    """In the example of a network with one weight, `strict_load=True` does not
    make `mindspore.load_param_into_net` raise an error for names that it
    cannot set. With `mindspore.nn.SGD`, from the network alone to the larger
    `Cell`, it returns the same names as without it. From a `Cell` that holds
    only this network to the network alone, it also skips the weights, which
    are loaded without it.
    """
    expect.equal(
        mindspore.net_left_out, mindspore.strict, name="not_set"
    )
    net, optimizer, state = _unwrapped(mindspore)
    not_set, _ = ms.load_param_into_net(
        optimizer, state, strict_load=True
    )
    names = ["weight", "accum.weight", "stat.weight"]
    expect.equal(names, not_set, name="from_larger_not_set")
    weight = net.weight.asnumpy().tolist()
    expect.close(ZERO, weight, name="from_larger_weight")


def pytorch_counts_parameters(pytorch, mindspore):
    """`torch.optim.SGD` built from `net.parameters()` identifies parameters by
    their position, not by name, so it loads its file although the network's
    names have changed.
    """
    expect.close(ONE, pytorch.momentum.tolist(), name="momentum")


def renamed_file_is_loaded(pytorch, mindspore):
    """You can load a file of `mindspore.nn.SGD` under different names:
    `load_param_into_net` accepts a dict of names and parameters, and sets all
    of them if the keys are the optimizer's names and the shapes and dtypes
    match. An int32 value for a float32 weight raises a `RuntimeError`.
    """
    net, optimizer = mindspore.build(wrap=True)
    state = {
        name.replace("weight", "network.weight"): value
        for name, value in ms.load_checkpoint(
            "optimizer.ckpt"
        ).items()
    }
    left_out = ms.load_param_into_net(optimizer, state)
    expect.equal(([], []), left_out, name="left_out")
    accum = optimizer.accum[0].asnumpy().tolist()
    expect.close(ONE, accum, name="momentum")
    weight = net.weight.asnumpy().tolist()
    expect.close([[-0.1] * 3], weight, name="weight")
    integers = ms.Tensor([[1, 1, 1]], ms.int32)
    state["network.weight"] = ms.Parameter(integers)
    expect.raises(
        RuntimeError,
        lambda: ms.load_param_into_net(optimizer, state),
        match="should have the same type",
        name="integers",
    )


def removed_prefix_loses_the_momentum(pytorch, mindspore):
    """If you load the file of `mindspore.nn.SGD` of a `Cell` that holds only
    one network, here with one weight, into the `SGD` of that network alone,
    `mindspore.load_param_into_net` finds the weight by the end of its name,
    but skips the momentum.
    """
    net, optimizer, state = _unwrapped(mindspore)
    not_set, _ = ms.load_param_into_net(optimizer, state)
    expect.equal(
        ["accum.weight", "stat.weight"], not_set, name="not_set"
    )
    weight = net.weight.asnumpy().tolist()
    expect.close([[-0.1] * 3], weight, name="weight")
    expect.close(
        ZERO,
        optimizer.accum[0].asnumpy().tolist(),
        name="momentum",
    )


def order_matters_in_pytorch_only(pytorch, mindspore):
    """Given the same two parameters of one shape in reverse order,
    `torch.optim.SGD` with momentum 0.9 loads the momentum of each into the
    other, without an error; `mindspore.nn.SGD` goes by name and loads the
    right ones.
    """
    torch = pytorch.torch
    first, second = (
        torch.nn.Parameter(torch.zeros(2)) for _ in range(2)
    )
    optimizer = torch.optim.SGD(
        [first, second], lr=0.1, momentum=0.9
    )
    first.grad, second.grad = torch.ones(2), 2 * torch.ones(2)
    optimizer.step()
    other = torch.optim.SGD([second, first], lr=0.1, momentum=0.9)
    other.load_state_dict(optimizer.state_dict())
    momentum = other.state[first]["momentum_buffer"]
    expect.close([2.0, 2.0], momentum.tolist(), name="pytorch")

    pair = [_parameter("first"), _parameter("second")]
    optimizer = ms.nn.SGD(pair, 0.1, momentum=0.9)
    optimizer(
        tuple(ms.Tensor([n, n], ms.float32) for n in (1, 2))
    )
    ms.save_checkpoint(optimizer, "pair.ckpt")
    other = ms.nn.SGD(pair[::-1], 0.1, momentum=0.9)
    ms.load_checkpoint("pair.ckpt", other)
    momentum = other.parameters_dict()["accum.first"]
    expect.close(
        [1.0, 1.0], momentum.asnumpy().tolist(), name="mindspore"
    )


def _unwrapped(side):
    net, optimizer = side.build(wrap=True)
    side.step(net, optimizer)
    ms.save_checkpoint(optimizer, "wrapped.ckpt")
    return *side.build(), ms.load_checkpoint("wrapped.ckpt")


def _parameter(name):
    return ms.Parameter(
        ms.Tensor(np.zeros(2, np.float32)), name=name
    )
