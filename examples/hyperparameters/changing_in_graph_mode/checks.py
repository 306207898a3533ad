import mindspore as ms
from crosswalk import expect
from mindspore import nn
from shared import (
    assign,
    assign_all,
    assign_dampening_and_nesterov,
    assign_in_group,
    experimental_adam,
    ignored,
    nn_adam,
    nn_sgd,
    took_effect,
    torch_adam,
)


def same_start(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, `torch.optim.SGD` and
    `mindspore.nn.Momentum` with momentum 0.9 and a weight decay of 0.1 match
    in the example as long as nothing is changed.
    """
    expect.close(
        pytorch.unchanged, mindspore.unchanged, name="weights"
    )


def rate(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, without groups and with a fixed
    learning rate, `optimizer.learning_rate.copy_(...)` takes effect at the
    next step of `mindspore.nn.Momentum` and `mindspore.nn.SGD`, as assigning
    `param_groups[0]["lr"]` does in `torch.optim.SGD`.
    """
    sgd = mindspore.train(nn_sgd, mindspore.change_rate)
    took_effect(pytorch, pytorch.rate, mindspore.rate, "momentum")
    took_effect(pytorch, pytorch.rate, sgd, "sgd")


def momentum(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, without groups, if
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


def decay_cell(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, without groups, a weight decay `Cell`
    that returns a Parameter can be changed with `copy_` on that Parameter: it
    takes effect at the next step of `mindspore.nn.Momentum`, as assigning
    `param_groups[0]["weight_decay"]` does in `torch.optim.SGD`.
    """
    took_effect(
        pytorch,
        pytorch.weight_decay,
        mindspore.weight_decay,
        "weights",
    )


def decay_number(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, if `mindspore.nn.Momentum` or
    `mindspore.nn.SGD` was built without groups and with a weight decay of 0.1,
    assigning a float to `optimizer.weight_decay` after the first step has no
    effect and raises no error, as long as the optimizer is not compiled again.
    In `mindspore.nn.Momentum`, the same is true of a Tensor.
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
    """After a step in Graph mode without `@ms.jit`, assigning a Python float
    to `optimizer.momentum` or `optimizer.learning_rate` of
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
    """In Graph mode without `@ms.jit`, replacing `optimizer.momentum` of
    `mindspore.nn.Momentum` with a new Parameter after the first step has no
    effect and raises no error, as long as the optimizer is not compiled again.
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
    """In Graph mode without `@ms.jit`, with momentum 0.9, assigning
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
    """In Graph mode without `@ms.jit`, `optimizer.momentum.set_data(...)` and
    `optimizer.momentum = Tensor` take effect at the next step of
    `mindspore.nn.Momentum`.
    """
    new = ms.Tensor(0.5, ms.float32)
    for name, change in (
        (
            "set_data",
            lambda optimizer: optimizer.momentum.set_data(new),
        ),
        ("tensor", assign("momentum", new)),
    ):
        weights = mindspore.train(mindspore.build, change)
        took_effect(pytorch, pytorch.momentum, weights, name)


def group_rate_assigned(pytorch, mindspore):
    """In Graph mode without `@ms.jit`,
    `optimizer.param_groups[0]["lr"].copy_(...)` takes effect at the next step
    of `mindspore.experimental.optim.SGD` with a float as `lr`, and in the
    example the weights match PyTorch.
    """
    took_effect(
        pytorch,
        pytorch.group_rate,
        mindspore.group_rate,
        "weights",
    )


def group_values(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, assigning floats to `lr`, `momentum`,
    `weight_decay` and `dampening`, and `True` to `nesterov` and `maximize`, in
    `param_groups[0]` of `mindspore.experimental.optim.SGD` after the first
    step has no effect and raises no error, as long as the optimizer is not
    compiled again.
    """
    build = mindspore.build_experimental
    unchanged = mindspore.train(build, lambda optimizer: None)
    expect.close(pytorch.unchanged, unchanged, name="unchanged")
    changes = {
        "lr": 0.02,
        "momentum": 0.5,
        "weight_decay": 0.7,
        "dampening": 0.5,
        "nesterov": True,
        "maximize": True,
    }
    weights = mindspore.train(build, assign_in_group(changes))
    expect.close(unchanged, weights, tolerance=0, name="weights")
    expect.apart(
        pytorch.momentum,
        mindspore.group,
        at_least=0.2,
        name="pytorch",
    )


def group_values_of_adam(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, assigning floats to `lr`, `eps` and
    `weight_decay` and a pair of floats to `betas` in `param_groups[0]` of
    `mindspore.experimental.optim.Adam` after the first step has no effect and
    raises no error, as long as the optimizer is not compiled again.
    """
    unchanged = mindspore.train(
        experimental_adam, lambda optimizer: None
    )
    changes = {
        "lr": 0.02,
        "betas": (0.5, 0.9),
        "eps": 0.5,
        "weight_decay": 0.7,
    }
    weights = mindspore.train(
        experimental_adam, assign_in_group(changes)
    )
    expect.close(unchanged, weights, tolerance=0, name="weights")


def adam(pytorch, mindspore):
    """In Graph mode without `@ms.jit`, without groups, with a weight decay of
    0.1 and a fixed learning rate, `optimizer.learning_rate.copy_(...)` takes
    effect at the next step of `mindspore.nn.Adam`. Assigning a Tensor to
    `beta1`, `beta2`, `eps` and `weight_decay` after the first step has no
    effect and raises no error, as long as the optimizer is not compiled again.
    """
    unchanged = mindspore.train(nn_adam, lambda optimizer: None)
    weights = mindspore.train(nn_adam, assign_all)
    expect.close(unchanged, weights, tolerance=0, name="others")
    rate = mindspore.train(nn_adam, mindspore.change_rate)
    expected = pytorch.train(torch_adam, pytorch.change_rate)
    expect.close(expected, rate, name="rate")
    expect.apart(
        unchanged, rate, at_least=0.05, name="rate_unchanged"
    )


def new_shape_uses_the_values(pytorch, mindspore):
    """In Graph mode, `nn.TrainOneStepCell` compiles the optimizer with the
    network and compiles it again for a batch of a new shape. The optimizers
    here have no groups and a weight decay of 0.1. Their update then changes
    with the values assigned before: floats as `lr` and `momentum` in
    `param_groups[0]` of `mindspore.experimental.optim.SGD`, a pair of floats
    as `betas` in `param_groups[0]` of `mindspore.experimental.optim.Adam`, a
    Tensor as `beta1` of `mindspore.nn.Adam`, and a new Parameter as `momentum`
    or a Tensor as `weight_decay` of `mindspore.nn.Momentum`. Even then,
    `dampening` and `nesterov` of `mindspore.nn.SGD` and `use_nesterov` of
    `mindspore.nn.Momentum` have no effect. In these two, a float as
    `weight_decay` makes that batch raise `ValueError`. In a loop without
    `@ms.jit` that calls the optimizer itself, as in this comparison, a new
    shape of the batch does not compile it again.
    """
    del pytorch
    new = ms.Tensor(0.5, ms.float32)
    parameter = ms.Parameter(new.copy(), name="momentum")
    momentum = assign_in_group({"momentum": 0.5})
    used = {
        mindspore.build_experimental: {
            "rate": assign_in_group({"lr": 0.02}),
            "momentum": momentum,
        },
        experimental_adam: {
            "betas": assign_in_group({"betas": (0.5, 0.9)})
        },
        nn_adam: {"beta1": assign("beta1", new)},
        mindspore.build: {
            "parameter": assign("momentum", parameter),
            "decay": assign("weight_decay", new),
        },
    }
    for build, changes in used.items():
        kept = _new_shape(
            mindspore, build, lambda optimizer: None
        )
        for name, change in changes.items():
            weights = _new_shape(mindspore, build, change)
            expect.apart(kept, weights, at_least=1e-3, name=name)
    nesterov = assign("use_nesterov", True)
    for name, build, change in (
        ("sgd", nn_sgd, assign_dampening_and_nesterov),
        ("use_nesterov", mindspore.build, nesterov),
    ):
        kept = _new_shape(
            mindspore, build, lambda optimizer: None
        )
        weights = _new_shape(mindspore, build, change)
        expect.close(kept, weights, tolerance=0, name=name)
        expect.raises(
            ValueError,
            lambda build=build: _new_shape(
                mindspore, build, assign("weight_decay", 0.7)
            ),
            match="MultitypeFuncGraph",
            name=f"{name}_float_decay",
        )
    build = mindspore.build_experimental
    kept, weights = (
        _new_shape(mindspore, build, change, cell=False)
        for change in (lambda optimizer: None, momentum)
    )
    expect.close(kept, weights, tolerance=0, name="loop")


def _new_shape(side, build, change, *, cell=True):
    """Train with 4 rows, change, train with 2 rows: a new shape."""
    net = nn.Dense(
        3, 1, weight_init=ms.Tensor(side.start), bias_init="zeros"
    )
    optimizer = build(net.trainable_params())
    loss = nn.WithLossCell(net, nn.MSELoss())
    step = nn.TrainOneStepCell(loss, optimizer)
    grad_fn = ms.value_and_grad(loss, None, optimizer.parameters)
    zeros = ms.Tensor([[0.0]] * 4, ms.float32)
    for rows in (4, 2):
        batch = side.x[:rows], zeros[:rows]
        if cell:
            step(*batch)
        else:
            optimizer(grad_fn(*batch)[1])
        if rows == 4:
            change(optimizer)
    return [p.asnumpy().copy() for p in net.trainable_params()]
