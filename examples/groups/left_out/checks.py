from functools import partial

import mindspore as ms
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import build_optimizer, new_parameter, nn_optimizers


def left_out_stays(pytorch, mindspore):
    """In `torch.optim.SGD` and in `mindspore.nn.SGD`, a parameter in no group
    keeps its value: it gets neither its gradient nor weight decay, and no
    error is raised.
    """
    for name in ("body.weight", "body.bias"):
        for side in (pytorch, mindspore):
            which = "pytorch" if side is pytorch else "mindspore"
            record = f"{which}_{name.replace('.', '_')}"
            old, new = side.start[name], side.weights[name]
            expect.close(old, new, tolerance=0, name=record)


def union_is_updated(pytorch, mindspore):
    """`torch.optim.SGD` and `mindspore.nn.SGD` update the union of the groups:
    in the example, two groups of one parameter each, which have no parameter
    in common, are both updated, to the same weights.
    """
    names = [
        param.name for param in mindspore.optimizer.parameters
    ]
    expect.equal(
        ["head.weight", "head.bias"], names, name="updated"
    )
    groups = pytorch.optimizer.param_groups
    shared = {id(p) for p in groups[0]["params"]}
    shared &= {id(p) for p in groups[1]["params"]}
    expect.equal(0, len(shared), name="intersection")
    for name in names:
        old, new = mindspore.start[name], mindspore.weights[name]
        record = name.replace(".", "_")
        expect.apart(old, new, at_least=0.01, name=record)
    expect.close(pytorch.weights, mindspore.weights, name="both")


def one_gradient_per_parameter(pytorch, mindspore):
    """In PyNative mode, with groups and twice as many gradients as the
    optimizer has parameters, the step raises `RuntimeError`, in every
    optimizer of `mindspore.nn` that takes parameters and runs on CPU except
    `Adadelta`. Ask `value_and_grad` for the gradients of
    `optimizer.parameters`.
    """
    del pytorch
    everything = mindspore.net.trainable_params()
    gradients = tuple(
        ms.ops.zeros_like(param) for param in everything
    )
    expect.raises(
        RuntimeError,
        lambda: mindspore.optimizer(gradients),
        match="length",
        name="step",
    )
    for name, cls in nn_optimizers().items():
        if name not in ("Adadelta", "Lamb"):
            optimizer = build_optimizer(
                cls, [{"params": [new_parameter("a")]}]
            )
            expect.raises(
                RuntimeError,
                partial(optimizer, _ones(2)),
                match="length|size",
                name=name,
            )


def more_gradients_go_unnoticed(pytorch, mindspore):
    """`mindspore.nn.Adadelta` and every optimizer of
    `mindspore.experimental.optim` in PyNative mode, and `Adam` and `SGD` of
    `mindspore.mint.optim` with `@ms.jit`, take two gradients of the same shape
    for one parameter without an error and use the first one. The gradient of a
    parameter in no group can so update another parameter.
    """
    del pytorch
    optim, mint = ms.experimental.optim, ms.mint.optim
    adadelta = partial(ms.nn.Adadelta, learning_rate=0.1)
    builders = {
        f"experimental.{name}": partial(cls, lr=0.1)
        for name, cls in subclasses(
            optim, optim.Optimizer
        ).items()
    }
    builders["nn.Adadelta"] = adadelta
    builders["mint.Adam"] = partial(mint.Adam, lr=0.1)
    builders["mint.SGD"] = partial(mint.SGD, lr=0.1)
    left_out = ms.Tensor([1.0, -1.0])
    own = ms.Tensor([-2.0, 3.0])
    for name, build in builders.items():
        results = []
        for gradients in ((left_out, own), (left_out,)):
            param = new_parameter("grouped")
            optimizer = build([{"params": [param]}])
            if name.startswith("mint"):
                optimizer = ms.jit(optimizer)
            optimizer(gradients)
            results.append(param)
        expect.close(results[1], results[0], name=name)


def order_params_must_agree(pytorch, mindspore):
    """If some trainable parameters are in no group, `order_params` with all of
    them raises `ValueError` in every optimizer of `mindspore.nn` that takes
    parameters.
    """
    del pytorch
    head = mindspore.net.head
    groups = [
        {"params": [head.weight, head.bias]},
        {"order_params": mindspore.net.trainable_params()},
    ]
    for name, cls in nn_optimizers().items():
        expect.raises(
            ValueError,
            partial(build_optimizer, cls, groups),
            match="length of order parameters",
            name=name,
        )


def _ones(count):
    return tuple(ms.ops.ones(2) for _ in range(count))
