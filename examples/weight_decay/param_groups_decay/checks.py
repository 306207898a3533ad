import inspect
from functools import partial

import mindspore as ms
from crosswalk import expect
from mindspore import nn
from mindspore.experimental import optim


def same_weights(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with momentum 0.9,
    `mindspore.experimental.optim.SGD` matches `torch.optim.SGD` with the same
    loop of four steps, which halves `group["weight_decay"]`, at first 0.2, in
    `optimizer.param_groups` after each step.
    """
    expect.equal(4, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def decay_is_a_float(pytorch, mindspore):
    """With `weight_decay=0.2`, `param_groups[0]["weight_decay"]` is a Python
    float in `torch.optim.SGD` and in `mindspore.experimental.optim.SGD`, and
    reads 0.0125 after four halvings.
    """
    for side in (pytorch, mindspore):
        decay = side.optimizer.param_groups[0]["weight_decay"]
        name = side.optimizer.__module__.split(".")[0]
        expect.equal(
            "float", type(decay).__name__, name=f"{name}_type"
        )
        expect.close(0.0125, decay, name=name)


def cell_is_refused(pytorch, mindspore):
    """Every optimizer of `mindspore.experimental.optim` that takes
    `weight_decay` raises `TypeError` for a `Cell` as that argument.
    """
    params = mindspore.net.trainable_params()
    for name, build in vars(optim).items():
        if not _takes_decay(build):
            continue
        build(params, 0.1, weight_decay=0.2)
        expect.raises(
            TypeError,
            partial(build, params, 0.1, weight_decay=nn.Cell()),
            match="must be int or float|'Cell' and 'float'",
            name=name,
        )


def _takes_decay(value):
    if not isinstance(value, type):
        return False
    names = inspect.signature(value.__init__).parameters
    return issubclass(value, nn.Cell) and "weight_decay" in names


def tensor_raises_at_the_step(pytorch, mindspore):
    """Assigning a Tensor to `group["weight_decay"]` of
    `mindspore.experimental.optim.SGD` after its first step raises no error,
    but in PyNative mode without `@ms.jit` the next step raises `TypeError`.
    """
    weight = ms.Parameter(
        ms.Tensor([1.0], ms.float32), name="weight"
    )
    optimizer = optim.SGD([weight], 0.1, weight_decay=0.2)
    gradient = (ms.Tensor([0.5], ms.float32),)
    optimizer(gradient)
    decay = ms.Tensor(0.1, ms.float32)
    optimizer.param_groups[0]["weight_decay"] = decay
    expect.raises(
        TypeError,
        lambda: optimizer(gradient),
        match="all arguments are required to be constants",
    )
