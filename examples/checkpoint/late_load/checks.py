import inspect

import mindspore as ms
from crosswalk import expect
from mindspore.experimental import optim as experimental


def early_load_continues(pytorch, mindspore):
    """Loaded before the new optimizer's first step, the run goes on as
    without the break, in PyTorch and in `mindspore.nn`.
    """
    expect.close(
        pytorch.uninterrupted, pytorch.early, name="pytorch"
    )
    expect.close(
        pytorch.uninterrupted, mindspore.early, name="mindspore"
    )


def late_load_freezes(pytorch, mindspore):
    """Loaded after the first step, a `mindspore.nn` optimizer no longer moves
    the weights in PyNative mode: after three more steps they are still those
    of the file, and no error comes. In PyTorch the run goes on.
    """
    expect.close(
        pytorch.before_load, mindspore.before_load, name="before"
    )
    expect.close(
        pytorch.uninterrupted, pytorch.late, name="pytorch"
    )
    expect.close(
        mindspore.saved, mindspore.late, name="mindspore"
    )
    expect.apart(
        pytorch.uninterrupted,
        mindspore.late,
        at_least=0.5,
        name="missing",
    )


def every_nn_optimizer_freezes(pytorch, mindspore):
    """In PyNative mode, a file loaded into `mindspore.nn.Momentum`,
    `mindspore.nn.Adam`, `mindspore.nn.AdamWeightDecay` or
    `mindspore.nn.RMSProp` after its first step stops the training without
    an error: three steps later the weights are still those of the file.
    """
    for name in (
        "Momentum",
        "Adam",
        "AdamWeightDecay",
        "RMSProp",
    ):
        net, optimizer = _other(mindspore, getattr(ms.nn, name))
        before = mindspore.train(net, optimizer, 3)
        ms.save_checkpoint(optimizer, "other.ckpt")
        moved = mindspore.train(net, optimizer, 3)
        expect.apart(
            before, moved, at_least=0.05, name=f"{name}_moves"
        )
        ms.load_checkpoint("other.ckpt", optimizer)
        frozen = mindspore.train(net, optimizer, 3)
        expect.close(before, frozen, name=f"{name}_frozen")


def network_alone_freezes_too(pytorch, mindspore):
    """Loading only the network after the optimizer's first step stops a
    `mindspore.nn` optimizer in PyNative mode in the same way.
    """
    net, optimizer = mindspore.build(mindspore.second)
    mindspore.train(net, optimizer, 1)
    ms.save_checkpoint(net, "net.ckpt")
    kept = net.weight.asnumpy().copy()
    mindspore.train(net, optimizer, 1)
    ms.load_checkpoint("net.ckpt", net)
    expect.close(
        kept, mindspore.train(net, optimizer, 3), name="frozen"
    )


def update_is_compiled(pytorch, mindspore):
    """The update of a `mindspore.nn` optimizer, its `construct`, is declared
    with `mindspore.jit`: it is compiled at its first call in PyNative mode
    too. That of `mindspore.experimental.optim.SGD` is not.
    """
    for name in (
        "SGD",
        "Momentum",
        "Adam",
        "AdamWeightDecay",
        "RMSProp",
    ):
        expect.equal(
            True, _is_jit(getattr(ms.nn, name)), name=name
        )
    expect.equal(
        False, _is_jit(experimental.SGD), name="experimental"
    )


def loading_gives_new_memory(pytorch, mindspore):
    """`mindspore.load_param_into_net` makes a parameter use the memory of the
    loaded value in place of its own, and `mindspore.ops.assign` writes the
    value into the parameter's own memory.
    """
    net, optimizer = mindspore.build(mindspore.second)
    mindspore.train(net, optimizer, 1)
    state = ms.load_checkpoint("all.ckpt")
    own = net.weight.data_ptr()
    ms.ops.assign(net.weight, state["weight"])
    expect.equal(
        True, net.weight.data_ptr() == own, name="assigned"
    )
    ms.load_param_into_net(optimizer, state)
    expect.equal(
        False, net.weight.data_ptr() == own, name="loaded"
    )
    shared = net.weight.data_ptr() == state["weight"].data_ptr()
    expect.equal(True, shared, name="loaded_value")


def assignment_continues(pytorch, mindspore):
    """Assigned with `mindspore.ops.assign` instead of loaded, the values of
    the file are in force at any time, and the run goes on as without the
    break.
    """
    expect.close(
        pytorch.before_load,
        mindspore.before_assign,
        name="before",
    )
    expect.close(
        pytorch.uninterrupted,
        mindspore.assigned,
        name="mindspore",
    )


def new_optimizer_continues(pytorch, mindspore):
    """A new `mindspore.nn` optimizer for a network that is already trained
    goes on as without the break if the file is loaded before that
    optimizer's own first step.
    """
    net, optimizer = mindspore.build(mindspore.second)
    mindspore.train(net, optimizer, 1)
    optimizer = ms.nn.SGD(
        net.trainable_params(), 0.1, momentum=0.9
    )
    ms.load_checkpoint("all.ckpt", optimizer)
    weight = mindspore.train(net, optimizer, 3)
    expect.close(
        mindspore.uninterrupted, weight, name="mindspore"
    )


def experimental_takes_a_late_load(pytorch, mindspore):
    """`mindspore.experimental.optim.SGD` takes a file after its first step in
    PyNative mode, and the run goes on as without the break.
    """
    net, optimizer = _other(mindspore, experimental.SGD)
    mindspore.train(net, optimizer, 3)
    ms.save_checkpoint(optimizer, "experimental.ckpt")
    uninterrupted = mindspore.train(net, optimizer, 3)
    ms.load_checkpoint("experimental.ckpt", optimizer)
    late = mindspore.train(net, optimizer, 3)
    expect.close(
        pytorch.uninterrupted, uninterrupted, name="uninterrupted"
    )
    expect.close(uninterrupted, late, name="late")


def _is_jit(cls):
    source = inspect.getsource(inspect.unwrap(cls.construct))
    return source.strip().startswith("@jit")


def _other(mindspore, cls):
    net, _ = mindspore.build(mindspore.first)
    momentum = (
        {"momentum": 0.9}
        if cls.__name__ in {"Momentum", "SGD"}
        else {}
    )
    return net, cls(net.trainable_params(), 0.1, **momentum)
