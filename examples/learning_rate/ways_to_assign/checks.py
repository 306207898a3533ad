import inspect
import warnings

import mindspore as ms
import numpy as np
from crosswalk import expect
from shared import nn_sgd


def torch_attribute_is_ignored(pytorch, mindspore):
    """In PyTorch, `optimizer.lr = 0.01` of SGD raises no error and has no
    effect, because the learning rate is in `param_groups`.
    """
    expect.equal(0.01, pytorch.optimizer.lr, name="optimizer_lr")
    expect.equal(0.1, pytorch.ignored, name="after_optimizer_lr")
    expect.equal(0.01, pytorch.taken, name="after_param_groups")


def nn_float_is_refused(pytorch, mindspore):
    """Without groups, `optimizer.learning_rate = 0.01` of `mindspore.nn.SGD`
    raises `TypeError` and does not change the learning rate. In PyNative mode
    without `@ms.jit`, if both of two groups set their own fixed `lr`, it
    raises no error: before the first step, it makes that step raise
    `RuntimeError`; after the first step, it has no effect on the updates. If
    both set a list as `lr`, it raises `TypeError`.
    """
    expect.equal(
        "TypeError: Parameter 'learning_rate' already exists in network, "
        "can not assign this type: '<class 'float'>' as a parameter.",
        f"TypeError: {mindspore.refused}",
        name="error",
    )
    expect.close(pytorch.ignored, mindspore.ignored, name="rate")
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, 1)
    for name, optimizer in (
        ("list", nn_sgd(mindspore, [0.1, 0.2])),
        ("schedule", nn_sgd(mindspore, schedule)),
        ("groups_list", _grouped(mindspore, ([0.1], [0.2]))[1]),
    ):
        expect.raises(
            TypeError,
            lambda it=optimizer: setattr(
                it, "learning_rate", 0.01
            ),
            match="already exists in network",
            name=name,
        )
    gradients = (mindspore.gradient,) * 2
    weights, optimizer = _grouped(mindspore)
    optimizer.learning_rate = 0.01
    expect.raises(
        RuntimeError,
        lambda: optimizer(gradients),
        match="SGD",
        name="groups_before",
    )
    weights, optimizer = _grouped(mindspore)
    optimizer(gradients)
    optimizer.learning_rate = 0.01
    optimizer(gradients)
    for weight, rate in zip(weights, (0.1, 0.2), strict=True):
        law = -2 * rate * mindspore.gradient.asnumpy()
        expect.close(law, weight, name=f"groups_{weight.name}")


def nn_assign_takes_a_float(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `ops.assign(optimizer.learning_rate,
    0.01)` accepts a plain float if `mindspore.nn.SGD` has one fixed learning
    rate and no groups, and the next update uses it.
    """
    expect.close(pytorch.taken, mindspore.taken, name="read")
    optimizer = nn_sgd(mindspore, 0.1)
    optimizer((mindspore.gradient,))
    ms.ops.assign(optimizer.learning_rate, 0.01)
    before = optimizer.parameters[0].asnumpy().copy()
    optimizer((mindspore.gradient,))
    law = before - 0.01 * mindspore.gradient.asnumpy()
    expect.close(law, optimizer.parameters[0], name="update")


def nn_float64_is_refused(pytorch, mindspore):
    """In PyNative mode, `ops.assign` of MindSpore raises `TypeError` for a
    float64 Tensor assigned to the fixed learning rate of `mindspore.nn.SGD`,
    which is float32.
    """
    optimizer = nn_sgd(mindspore, 0.1)
    value = ms.Tensor(np.float64(0.01))
    expect.equal("Float64", str(value.dtype), name="dtype")
    expect.raises(
        TypeError,
        lambda: ms.ops.assign(optimizer.learning_rate, value),
        match="cannot be converted to data type Float64",
    )


def nn_dynamic_is_refused(pytorch, mindspore):
    """If `mindspore.nn.SGD` was built with a list of learning rates or a
    `LearningRateSchedule`, `ops.assign` to `optimizer.learning_rate` raises
    `TypeError`.
    """
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, 1)
    for name, rate in (
        ("list", [0.1, 0.2]),
        ("schedule", schedule),
    ):
        optimizer = nn_sgd(mindspore, rate)
        expect.raises(
            TypeError,
            lambda rate=optimizer.learning_rate: ms.ops.assign(
                rate, 0.01
            ),
            match="Failed calling Assign",
            name=name,
        )


def nn_groups_are_refused(pytorch, mindspore):
    """With fixed learning rates per group, the learning rate of
    `mindspore.nn.SGD` cannot be set as a whole: `optimizer.learning_rate` is a
    tuple of Parameters, and `ops.assign` raises `TypeError`.
    """
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = ms.nn.SGD([{"params": [weight], "lr": 0.1}])
    rate = optimizer.learning_rate
    expect.equal(True, isinstance(rate, tuple), name="tuple")
    expect.raises(
        TypeError,
        lambda: ms.ops.assign(rate, 0.01),
        match="Failed calling Assign",
    )


def copy_replaces_assign(pytorch, mindspore):
    """If `parameter.copy_(Tensor(value, mindspore.float32))` sets a fixed
    learning rate of 0.1 to 0.5 after the first step, a step without arguments
    compiled with `@ms.jit` gives the same weights as an uncompiled step after
    `ops.assign`. Run on CPU in PyNative mode with two parameters in `SGD`,
    `Momentum`, `Adam`, `AdamWeightDecay` and `RMSProp` of `mindspore.nn` and
    in `SGD`, `Adam` and `AdamW` of `mindspore.experimental.optim`.
    """
    nn, experimental = ms.nn, ms.experimental.optim
    for kind in (
        nn.SGD,
        nn.Momentum,
        nn.Adam,
        nn.AdamWeightDecay,
        nn.RMSProp,
        experimental.SGD,
        experimental.Adam,
        experimental.AdamW,
    ):
        place = kind.__module__.split(".")[1]
        name = f"{place}.{kind.__name__}"
        unset = _trained(kind, None)
        assigned = _trained(kind, ms.ops.assign)
        expect.apart(
            unset, assigned, at_least=0.1, name=f"{name}_moves"
        )
        copied = _trained(kind, ms.Parameter.copy_, compiled=True)
        expect.close(assigned, copied, name=f"{name}_jit")


def copy_wants_a_tensor(pytorch, mindspore):
    """In PyNative mode, `copy_` on the fixed learning rate of
    `mindspore.nn.SGD` without groups raises `TypeError` for a plain float and
    `RuntimeError` for a Tensor of shape `(1,)`. It converts an int64 Tensor,
    and also a float64 Tensor, although `ops.assign` raises an error for
    float64.
    """
    rate = nn_sgd(mindspore, 0.1).learning_rate
    expect.raises(
        TypeError,
        lambda: rate.copy_(0.01),
        match="must be Tensor, not float",
    )
    expect.raises(
        RuntimeError,
        lambda: rate.copy_(ms.Tensor([0.01])),
        match="InplaceCopy",
        name="vector",
    )
    for name, value in ("int64", 2), ("float64", 0.01):
        rate.copy_(ms.Tensor(np.array(value, name)))
        expect.close(value, rate, name=name)
        expect.equal(
            "Float32", str(rate.dtype), name=f"{name}_dtype"
        )


def copy_names_ascend_only(pytorch, mindspore):
    """The docstring of `Parameter.copy_` names Ascend as the only platform,
    but on CPU it sets the fixed learning rate of `mindspore.nn.SGD`.
    """
    text = " ".join(inspect.getdoc(ms.Parameter.copy_).split())
    _, _, platforms = text.partition("Supported Platforms: ")
    named = platforms.split(" ")[0]
    expect.equal("``Ascend``", named, name="named")
    expect.equal(False, "``CPU``" in text, name="names_cpu")
    device = ms.get_context("device_target")
    expect.equal("CPU", device, name="device")
    rate = nn_sgd(mindspore, 0.1).learning_rate
    rate.copy_(ms.Tensor(0.01, ms.float32))
    expect.close(0.01, rate, name="rate")


def assign_is_deprecated(pytorch, mindspore):
    """The docstring of `mindspore.ops.assign` says that it is deprecated and
    will be removed after version 2.9.0, and the docstring of
    `Tensor.assign_value` names `Tensor.copy_` as its replacement. Calling
    `ops.assign` still works and raises no Python warning.
    """
    notice = "will be removed after version 2.9.0"
    found = notice in ms.ops.assign.__doc__
    expect.equal(True, found, name="assign")
    found = (
        "mindspore.Tensor.copy_" in ms.Tensor.assign_value.__doc__
    )
    expect.equal(True, found, name="assign_value")
    rate = nn_sgd(mindspore, 0.1).learning_rate
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ms.ops.assign(rate, ms.Tensor(0.01, ms.float32))
    expect.equal(0, len(caught), name="warnings")
    expect.close(0.01, rate, name="rate")


def _trained(kind, way, compiled=False):
    weights = [
        ms.Parameter(ms.Tensor([1.0, 2.0], ms.float32), name=name)
        for name in ("first", "second")
    ]
    momentum = [0.9] if kind is ms.nn.Momentum else []
    optimizer = kind(weights, 0.1, *momentum)
    gradients = (
        ms.Tensor([0.5, -3.0], ms.float32),
        ms.Tensor([0.25, 1.0], ms.float32),
    )

    def step():
        optimizer(gradients)

    run = ms.jit(step) if compiled else step
    run()
    if way:
        nn = issubclass(kind, ms.nn.Optimizer)
        way(
            optimizer.learning_rate
            if nn
            else optimizer.param_groups[0]["lr"],
            ms.Tensor(0.5, ms.float32),
        )
    run()
    run()
    return [weight.asnumpy() for weight in weights]


def _grouped(side, rates=(0.1, 0.2)):
    weights = [
        ms.Parameter(ms.Tensor(side.start), name=name)
        for name in ("first", "second")
    ]
    groups = [
        {"params": [weight], "lr": rate}
        for weight, rate in zip(weights, rates, strict=True)
    ]
    return weights, ms.nn.SGD(groups)
