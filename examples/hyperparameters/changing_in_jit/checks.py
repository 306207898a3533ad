import mindspore as ms
import numpy as np
from crosswalk import expect
from mindspore import nn
from shared import (
    assign,
    assign_all,
    assign_in_group,
    experimental_adam,
    ignored,
    in_turn,
    nn_adam,
    nn_sgd,
    took_effect,
    torch_adam,
)


def same_start(pytorch, mindspore):
    """In PyNative mode, in a step compiled with `@ms.jit`, `torch.optim.SGD`
    and `mindspore.nn.Momentum` with momentum 0.9 and a weight decay of 0.1
    match in the example as long as nothing is changed.
    """
    expect.close(
        pytorch.unchanged, mindspore.unchanged, name="weights"
    )


def rate(pytorch, mindspore):
    """In PyNative mode, in a step compiled with `@ms.jit`, without groups and
    with a fixed learning rate, `optimizer.learning_rate.copy_(...)` takes
    effect at the next step of `mindspore.nn.Momentum` and `mindspore.nn.SGD`,
    as assigning `param_groups[0]["lr"]` does in `torch.optim.SGD`.
    """
    sgd = mindspore.train(nn_sgd, mindspore.change_rate)
    took_effect(pytorch, pytorch.rate, mindspore.rate, "momentum")
    took_effect(pytorch, pytorch.rate, sgd, "sgd")


def momentum(pytorch, mindspore):
    """In PyNative mode, in a step compiled with `@ms.jit`, without groups, if
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
    """In PyNative mode, in a step compiled with `@ms.jit`, without groups, a
    weight decay `Cell` that returns a Parameter can be changed with `copy_` on
    that Parameter: it takes effect at the next step of
    `mindspore.nn.Momentum`, as assigning `param_groups[0]["weight_decay"]`
    does in `torch.optim.SGD`.
    """
    took_effect(
        pytorch,
        pytorch.weight_decay,
        mindspore.weight_decay,
        "weights",
    )


def decay_number(pytorch, mindspore):
    """In PyNative mode, in a step compiled with `@ms.jit` and called without
    arguments, if `mindspore.nn.Momentum` or `mindspore.nn.SGD` was built
    without groups and with a weight decay of 0.1, assigning a float to
    `optimizer.weight_decay` after the first step has no effect and raises no
    error, as long as the step is not compiled again. In
    `mindspore.nn.Momentum`, the same is true of a Tensor.
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
    """In PyNative mode, after a step compiled with `@ms.jit`, assigning a
    Python float to `optimizer.momentum` or `optimizer.learning_rate` of
    `mindspore.nn.Momentum` with a fixed learning rate and without groups
    raises `TypeError`, because the attribute is a Parameter.
    """
    weight = ms.Parameter(
        ms.Tensor([1.0], ms.float32), name="weight"
    )
    optimizer = mindspore.build([weight])
    ms.jit(optimizer)((ms.Tensor([0.5], ms.float32),))
    for name in ("momentum", "learning_rate"):
        expect.raises(
            TypeError,
            lambda name=name: setattr(optimizer, name, 0.02),
            match="already exists in network",
            name=name,
        )


def new_parameter(pytorch, mindspore):
    """In PyNative mode, in a step compiled with `@ms.jit` and called without
    arguments, replacing `optimizer.momentum` of `mindspore.nn.Momentum` with a
    new Parameter after the first step has no effect and raises no error, as
    long as the step is not compiled again.
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
    """In PyNative mode, in a step compiled with `@ms.jit`, with momentum 0.9,
    assigning `dampening` and `nesterov` of `mindspore.nn.SGD`, or
    `use_nesterov` of `mindspore.nn.Momentum`, after the first step has no
    effect and raises no error. In `torch.optim.SGD` with momentum 0.9, the
    keys `dampening` and `nesterov` of `param_groups[0]` take effect.
    """
    both = in_turn(
        assign("dampening", 0.5), assign("nesterov", True)
    )
    sgd = mindspore.train(nn_sgd, both)
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
    """In PyNative mode, in a step compiled with `@ms.jit` and called without
    arguments, `optimizer.momentum.set_data(...)` and `optimizer.momentum =
    Tensor` after the first step have no effect on the following steps of
    `mindspore.nn.Momentum` and raise no error, as long as the step is not
    compiled again, although the new value reads back.
    """
    new = ms.Tensor(0.5, ms.float32)
    for name, change in (
        ("set_data", lambda o: o.momentum.set_data(new)),
        ("tensor", assign("momentum", new)),
    ):
        kept = []
        weights = mindspore.train(
            mindspore.build, in_turn(change, kept.append)
        )
        expect.close(0.5, kept[0].momentum, name=f"{name}_reads")
        ignored(mindspore, weights, name)


def group_rate_assigned(pytorch, mindspore):
    """In PyNative mode, in a step compiled with `@ms.jit`,
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
    """In PyNative mode, in a step compiled with `@ms.jit` and called without
    arguments, assigning floats to `lr`, `momentum`, `weight_decay` and
    `dampening`, and `True` to `nesterov` and `maximize`, in `param_groups[0]`
    of `mindspore.experimental.optim.SGD` after the first step has no effect,
    as long as the step is not compiled again.
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
    """In PyNative mode, in a step compiled with `@ms.jit` and called without
    arguments, assigning floats to `lr`, `eps` and `weight_decay` and a pair of
    floats to `betas` in `param_groups[0]` of
    `mindspore.experimental.optim.Adam` after the first step has no effect and
    raises no error, as long as the step is not compiled again.
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
    """In PyNative mode, in a step compiled with `@ms.jit` and called without
    arguments, without groups, with a weight decay of 0.1 and a fixed learning
    rate, `optimizer.learning_rate.copy_(...)` takes effect at the next step of
    `mindspore.nn.Adam`. Assigning a Tensor to `beta1`, `beta2`, `eps` and
    `weight_decay` after the first step has no effect and raises no error, as
    long as the step is not compiled again.
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
    """In PyNative mode, a step compiled with `@ms.jit` that takes the batch as
    an argument is compiled again for a batch of a new shape. The optimizers
    here have no groups, the default `loss_scale`, a weight decay of 0.1 and no
    Nesterov momentum. With `mindspore.nn.Momentum`, the step then uses a
    momentum set with `optimizer.momentum.set_data(...)`, as a Tensor or as a
    new Parameter, and a weight decay assigned as a Tensor, and matches
    `torch.optim.SGD`. Its update also changes with a Tensor as `beta1`,
    `beta2`, `eps` or `weight_decay` of `mindspore.nn.Adam`, with a float as
    `momentum` in `param_groups[0]` of `mindspore.experimental.optim.SGD`, and
    with floats as `lr`, `betas`, `eps` or `weight_decay` in `param_groups[0]`
    of `mindspore.experimental.optim.Adam`. Even then, `dampening` and
    `nesterov` of `mindspore.nn.SGD` and `use_nesterov` of
    `mindspore.nn.Momentum` have no effect.
    """
    new = ms.Tensor(0.5, ms.float32)
    parameter = ms.Parameter(new.copy(), name="momentum")
    for name, change, key in (
        (
            "set_data",
            lambda o: o.momentum.set_data(new),
            "momentum",
        ),
        ("tensor", assign("momentum", new), "momentum"),
        ("parameter", assign("momentum", parameter), "momentum"),
        (
            "decay_tensor",
            assign("weight_decay", new),
            "weight_decay",
        ),
    ):
        theirs = _torch_new_shape(pytorch, {key: 0.5})
        ours = _new_shape(mindspore, mindspore.build, change)
        expect.close(theirs, np.append(*ours), name=name)
    used = {
        nn_adam: {
            name: assign(name, new)
            for name in ("beta1", "beta2", "eps", "weight_decay")
        },
        mindspore.build_experimental: {
            "group_momentum": assign_in_group({"momentum": 0.5}),
        },
        experimental_adam: {
            "group_lr": assign_in_group({"lr": 0.02}),
            "group_betas": assign_in_group({"betas": (0.5, 0.9)}),
            "group_eps": assign_in_group({"eps": 0.5}),
            "group_decay": assign_in_group({"weight_decay": 0.7}),
        },
    }
    for build, changes in used.items():
        kept = _new_shape(mindspore, build, _nothing)
        before = _new_shape(mindspore, build, _nothing, last=0)
        for name, change in changes.items():
            weights = _new_shape(mindspore, build, change)
            expect.apart(kept, weights, at_least=1e-4, name=name)
            expect.apart(
                before,
                weights,
                at_least=1e-3,
                name=f"{name}_moves",
            )
    both = in_turn(
        assign("dampening", 0.5), assign("nesterov", True)
    )
    nesterov = assign("use_nesterov", True)
    for name, build, change in (
        ("dampening_and_nesterov", nn_sgd, both),
        ("use_nesterov", mindspore.build, nesterov),
    ):
        kept = _new_shape(mindspore, build, _nothing)
        weights = _new_shape(mindspore, build, change)
        expect.close(kept, weights, tolerance=0, name=name)


def float_decay_stops_a_new_shape(pytorch, mindspore):
    """In PyNative mode, in a step compiled with `@ms.jit` that does not return
    the optimizer's result, if `mindspore.nn.Momentum` or `mindspore.nn.SGD`
    was built without groups and with a weight decay of 0.1, and a float was
    assigned to `optimizer.weight_decay`, the first call with a batch of a new
    shape updates no weight and raises no error. `torch.optim.SGD` decays with
    the new value of its group.
    """
    change = assign("weight_decay", 0.7)
    for name, build in (
        ("momentum", mindspore.build),
        ("sgd", nn_sgd),
    ):
        before = _new_shape(mindspore, build, change, last=0)
        weights = _new_shape(mindspore, build, change)
        expect.close(before, weights, tolerance=0, name=name)
    decay = {"weight_decay": 0.7}
    theirs = _torch_new_shape(pytorch, decay)
    before = _torch_new_shape(pytorch, decay, last=0)
    expect.apart(before, theirs, at_least=0.1, name="pytorch")


def rebuilt_step(pytorch, mindspore):
    """In PyNative mode, after a float was assigned to `lr`, `momentum` or
    `weight_decay` in `param_groups[0]` of `mindspore.experimental.optim.SGD`,
    a newly defined `@ms.jit` step is compiled with the new value and matches
    PyTorch in the example.
    """
    took_effect(
        pytorch, pytorch.rebuilt, mindspore.rebuilt, "weights"
    )
    build = mindspore.build_experimental
    for key, value in (("lr", 0.02), ("weight_decay", 0.7)):
        change = assign_in_group({key: value})
        expected = pytorch.train(pytorch.build, change)
        weights = mindspore.train(build, change, rebuild=True)
        took_effect(pytorch, expected, weights, key)


def _new_shape(side, build, change, *, last=2):
    """Train with 4 rows, change, train with `last` rows: a new shape."""
    net = nn.Dense(
        3, 1, weight_init=ms.Tensor(side.start), bias_init="zeros"
    )
    optimizer = build(net.trainable_params())

    def forward(x):
        return net(x).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    @ms.jit
    def train_step(x):
        loss, grads = grad_fn(x)
        optimizer(grads)
        return loss

    train_step(side.x)
    change(optimizer)
    if last:
        train_step(side.x[:last])
    return [p.asnumpy().copy() for p in net.trainable_params()]


def _torch_new_shape(side, changes, *, last=2):
    net = side.torch.nn.Linear(3, 1)
    net.weight.data = side.torch.tensor(side.start)
    net.bias.data.zero_()
    optimizer = side.build(net.parameters())
    for rows in (4, last) if last else (4,):
        optimizer.zero_grad()
        net(side.x[:rows]).square().mean().backward()
        optimizer.step()
        optimizer.param_groups[0].update(changes)
    weights = [p.numpy(force=True) for p in net.parameters()]
    return np.append(*weights)


def _nothing(optimizer):
    pass
