import mindspore as ms
import torch
from crosswalk import expect
from mindspore import nn
from shared import (
    assign,
    assign_dampening_and_nesterov,
    assign_in_group,
    ignored,
    in_turn,
    nn_sgd,
    took_effect,
)


def same_start(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `torch.optim.SGD` and
    `mindspore.nn.Momentum` with momentum 0.9 and a weight decay of 0.1 match
    in the example as long as nothing is changed.
    """
    expect.close(
        pytorch.unchanged, mindspore.unchanged, name="weights"
    )


def rate(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, without groups and with a fixed
    learning rate, `optimizer.learning_rate.copy_(...)` takes effect at the
    next step of `mindspore.nn.Momentum` and `mindspore.nn.SGD`, as assigning
    `param_groups[0]["lr"]` does in `torch.optim.SGD`.
    """
    sgd = mindspore.train(nn_sgd, mindspore.change_rate)
    took_effect(pytorch, pytorch.rate, mindspore.rate, "momentum")
    took_effect(pytorch, pytorch.rate, sgd, "sgd")


def rate_of_a_schedule(pytorch, mindspore):
    """Without groups, if the learning rate is a list or a
    `LearningRateSchedule`, such as `ExponentialDecayLR`,
    `optimizer.learning_rate.copy_(...)` of `mindspore.nn.SGD` and
    `mindspore.nn.Momentum` raises `AttributeError`, because
    `optimizer.learning_rate` is then not a Parameter.
    """
    rates = {
        "list": [0.1, 0.2, 0.3],
        "schedule": nn.ExponentialDecayLR(
            0.1, 0.9, decay_steps=1
        ),
    }
    for kind, rate in rates.items():
        for cls in (nn.SGD, nn.Momentum):
            weight = ms.Parameter(ms.Tensor([1.0]), name="weight")
            optimizer = cls([weight], rate, momentum=0.9)
            expect.raises(
                AttributeError,
                lambda cell=optimizer: mindspore.change_rate(
                    cell
                ),
                match="copy_",
                name=f"{cls.__name__}_{kind}",
            )


def momentum(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, without groups, if
    `mindspore.nn.Momentum` or `mindspore.nn.SGD` was built with a momentum of
    0.9 and without Nesterov momentum, changing it to 0.5 with
    `optimizer.momentum.copy_(...)` takes effect at its next step, as assigning
    `param_groups[0]["momentum"]` does in `torch.optim.SGD`.
    """
    sgd = mindspore.train(nn_sgd, mindspore.change_momentum)
    took_effect(
        pytorch, pytorch.momentum, mindspore.momentum, "momentum"
    )
    took_effect(pytorch, pytorch.momentum, sgd, "sgd")


def momentum_from_zero(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, without groups and without weight
    decay, if `mindspore.nn.Momentum` was built with momentum 0.0, its first
    step after `optimizer.momentum.copy_(...)` adds the new momentum, here 0.5,
    times the gradient of the step before; `mindspore.nn.SGD` and
    `torch.optim.SGD` do not.
    """
    del pytorch, mindspore
    gradients, after = (1.0, 0.5, 0.2), {}
    for kind in (nn.Momentum, nn.SGD):
        weight = ms.Parameter(ms.Tensor([1.0]), name="weight")
        optimizer = kind([weight], 0.1, momentum=0.0)
        for number, gradient in enumerate(gradients):
            if number == 2:
                optimizer.momentum.copy_(ms.Tensor(0.5))
            optimizer((ms.Tensor([gradient]),))
        after[kind.__name__] = weight.item()
    theirs = torch.nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([theirs], 0.1, momentum=0.0)
    for number, gradient in enumerate(gradients):
        if number == 2:
            optimizer.param_groups[0]["momentum"] = 0.5
        theirs.grad = torch.tensor([gradient])
        optimizer.step()
    first, last = 1 - 0.1 * (1.0 + 0.5), 0.2
    added = first - 0.1 * (0.5 * 0.5 + last)
    expect.close(added, after["Momentum"], name="momentum")
    expect.close(first - 0.1 * last, after["SGD"], name="sgd")
    expect.close(
        first - 0.1 * last, theirs.item(), name="pytorch"
    )


def decay_cell(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, without groups, a weight decay
    `Cell` that returns a Parameter can be changed with `copy_` on that
    Parameter: it takes effect at the next step of `mindspore.nn.Momentum`, as
    assigning `param_groups[0]["weight_decay"]` does in `torch.optim.SGD`.
    """
    took_effect(
        pytorch,
        pytorch.weight_decay,
        mindspore.weight_decay,
        "weights",
    )


def decay_number(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if `mindspore.nn.Momentum` or
    `mindspore.nn.SGD` was built without groups and with a weight decay of 0.1,
    assigning a float to `optimizer.weight_decay` after the first step has no
    effect and raises no error. In `mindspore.nn.Momentum`, the same is true of
    a Tensor.
    """
    ignored(mindspore, mindspore.attribute, "momentum_tensor")
    for name, build in (
        ("momentum", mindspore.build),
        ("sgd", nn_sgd),
    ):
        weights = mindspore.train(
            build, assign("weight_decay", 0.7)
        )
        ignored(mindspore, weights, f"{name}_float")


def python_float(pytorch, mindspore):
    """After a step in PyNative mode without `@ms.jit`, assigning a Python
    float to `optimizer.momentum` or `optimizer.learning_rate` of
    `mindspore.nn.Momentum` with a fixed learning rate and without groups
    raises `TypeError`, because the attribute is a Parameter.
    """
    weight = ms.Parameter(
        ms.Tensor([1.0], ms.float32), name="weight"
    )
    optimizer = mindspore.build([weight])
    optimizer((ms.Tensor([0.5], ms.float32),))
    for name in ("momentum", "learning_rate"):
        expect.raises(
            TypeError,
            lambda name=name: setattr(optimizer, name, 0.02),
            match="already exists in network",
            name=name,
        )


def new_parameter(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, replacing `optimizer.momentum` of
    `mindspore.nn.Momentum` with a new Parameter after the first step has no
    effect and raises no error.
    """
    new = ms.Parameter(
        ms.Tensor(0.5, ms.float32), name="momentum"
    )
    weights = mindspore.train(
        mindspore.build, assign("momentum", new)
    )
    expect.close(0.5, new, name="reads")
    ignored(mindspore, weights, "weights")


def dampening_and_nesterov(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with momentum 0.9, assigning
    `dampening` and `nesterov` of `mindspore.nn.SGD`, or `use_nesterov` of
    `mindspore.nn.Momentum`, after the first step has no effect and raises no
    error. In `torch.optim.SGD` with momentum 0.9, the keys `dampening` and
    `nesterov` of `param_groups[0]` take effect.
    """
    sgd = mindspore.train(nn_sgd, assign_dampening_and_nesterov)
    ignored(mindspore, sgd, "sgd")
    nesterov = assign("use_nesterov", True)
    weights = mindspore.train(mindspore.build, nesterov)
    ignored(mindspore, weights, "momentum")
    for key, value in (("dampening", 0.5), ("nesterov", True)):
        changed = pytorch.train(
            pytorch.build, assign_in_group({key: value})
        )
        expect.apart(
            pytorch.unchanged,
            changed,
            at_least=0.02,
            name=f"pytorch_{key}",
        )


def set_data(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `optimizer.momentum.set_data(...)`
    and `optimizer.momentum = Tensor` after the first step have no effect on
    the following steps of `mindspore.nn.Momentum` and raise no error, although
    the new value reads back.
    """
    new = ms.Tensor(0.5, ms.float32)
    for name, change in (
        (
            "set_data",
            lambda optimizer: optimizer.momentum.set_data(new),
        ),
        ("tensor", assign("momentum", new)),
    ):
        kept = []
        weights = mindspore.train(
            mindspore.build, in_turn(change, kept.append)
        )
        expect.close(0.5, kept[0].momentum, name=f"{name}_reads")
        ignored(mindspore, weights, name)


def attribute(pytorch, mindspore):
    """Assigning `optimizer.weight_decay = 0.7` on the optimizer itself has no
    effect in `torch.optim.SGD` either: PyTorch reads `param_groups`.
    """
    kept = []
    pytorch.train(
        pytorch.build,
        in_turn(pytorch.change_attribute, kept.append),
    )
    expect.equal(0.7, kept[0].weight_decay, name="reads")
    expect.close(
        pytorch.unchanged,
        pytorch.attribute,
        tolerance=0,
        name="pytorch",
    )


def before_the_first_step(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if `mindspore.nn.Momentum` was built
    without groups, with the default `loss_scale` and with a weight decay above
    0, here 0.1, a Tensor assigned to `optimizer.weight_decay` before the first
    step takes effect, because the value is fixed when the first step compiles
    the optimizer.
    """
    weights = mindspore.train(
        mindspore.build, mindspore.change_attribute, at=0
    )
    first = pytorch.train(
        pytorch.build, pytorch.change_decay, at=0
    )
    took_effect(pytorch, first, weights, "weights")
