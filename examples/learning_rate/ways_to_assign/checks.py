import mindspore as ms
import numpy as np
from crosswalk import expect


def torch_attribute_is_ignored(pytorch, mindspore):
    """In PyTorch, `optimizer.lr = 0.01` raises nothing and changes nothing:
    the rate is in `param_groups`.
    """
    expect.equal(0.01, pytorch.optimizer.lr, name="optimizer_lr")
    expect.equal(0.1, pytorch.ignored, name="after_optimizer_lr")
    expect.equal(0.01, pytorch.taken, name="after_param_groups")


def nn_float_is_refused(pytorch, mindspore):
    """In `mindspore.nn`, `optimizer.learning_rate = 0.01` raises a
    TypeError and leaves the rate as it was.
    """
    expect.equal(
        "TypeError: Parameter 'learning_rate' already exists in network, "
        "can not assign this type: '<class 'float'>' as a parameter.",
        f"TypeError: {mindspore.refused}",
        name="error",
    )
    expect.close(pytorch.ignored, mindspore.ignored, name="rate")


def nn_assign_takes_a_float(pytorch, mindspore):
    """In PyNative mode, `ops.assign(optimizer.learning_rate, 0.01)` of
    MindSpore takes a plain float, and the next update uses it.
    """
    expect.close(pytorch.taken, mindspore.taken, name="read")
    optimizer = _sgd(mindspore, 0.1)
    optimizer((mindspore.gradient,))
    ms.ops.assign(optimizer.learning_rate, 0.01)
    before = optimizer.parameters[0].asnumpy().copy()
    optimizer((mindspore.gradient,))
    law = before - 0.01 * mindspore.gradient.asnumpy()
    expect.close(law, optimizer.parameters[0], name="update")


def nn_float64_is_refused(pytorch, mindspore):
    """`ops.assign` of MindSpore raises a TypeError for a float64 Tensor
    assigned to the rate of `mindspore.nn.SGD`, which is float32.
    """
    optimizer = _sgd(mindspore, 0.1)
    value = ms.Tensor(np.float64(0.01))
    expect.equal("Float64", str(value.dtype), name="dtype")
    expect.raises(
        TypeError,
        lambda: ms.ops.assign(optimizer.learning_rate, value),
        match="cannot be converted to data type Float64",
    )


def nn_dynamic_is_refused(pytorch, mindspore):
    """A dynamic rate of `mindspore.nn` cannot be assigned: `ops.assign`
    raises a TypeError both for a list and for a `LearningRateSchedule`.
    """
    schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, 1)
    for name, rate in (
        ("list", [0.1, 0.2]),
        ("schedule", schedule),
    ):
        optimizer = _sgd(mindspore, rate)
        expect.raises(
            TypeError,
            lambda rate=optimizer.learning_rate: ms.ops.assign(
                rate, 0.01
            ),
            match="Failed calling Assign",
            name=name,
        )


def nn_groups_are_refused(pytorch, mindspore):
    """The rate of a `mindspore.nn` optimizer with rates per group cannot be
    assigned as a whole: `optimizer.learning_rate` is a tuple of
    Parameters, and `ops.assign` raises a TypeError.
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


def _sgd(side, rate):
    weight = ms.Parameter(ms.Tensor(side.start), name="weight")
    return ms.nn.SGD([weight], learning_rate=rate)
