import mindspore as ms
import torch
from crosswalk import expect
from mindspore import nn
from mindspore.experimental import optim


def same_start(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`, `torch.optim.SGD` and
    `mindspore.nn.Momentum` train to the same weights while nothing is
    changed.
    """
    expect.close(
        pytorch.unchanged, mindspore.unchanged, name="weights"
    )


def rate(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`,
    `ops.assign(optimizer.learning_rate, ...)` takes effect at the next step
    of `mindspore.nn.Momentum` and `mindspore.nn.SGD`, as assigning
    `param_groups[0]["lr"]` does in `torch.optim.SGD`.
    """
    sgd = mindspore.train(_sgd, mindspore.change_rate)
    _took_effect(
        pytorch, pytorch.rate, mindspore.rate, "momentum"
    )
    _took_effect(pytorch, pytorch.rate, sgd, "sgd")


def momentum(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`,
    `ops.assign(optimizer.momentum, ...)` takes effect at the next step of
    `mindspore.nn.Momentum` and `mindspore.nn.SGD`, as assigning
    `param_groups[0]["momentum"]` does in `torch.optim.SGD`.
    """
    sgd = mindspore.train(_sgd, mindspore.change_momentum)
    _took_effect(
        pytorch, pytorch.momentum, mindspore.momentum, "momentum"
    )
    _took_effect(pytorch, pytorch.momentum, sgd, "sgd")


def decay_cell(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`, a weight decay `Cell` that
    returns a Parameter can be changed with `ops.assign` on that Parameter:
    it takes effect at the next step of `mindspore.nn.Momentum`, as
    assigning `param_groups[0]["weight_decay"]` does in `torch.optim.SGD`.
    """
    _took_effect(
        pytorch,
        pytorch.weight_decay,
        mindspore.weight_decay,
        "weights",
    )


def decay_number(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`, assigning a float to
    `optimizer.weight_decay` of `mindspore.nn.Momentum` or
    `mindspore.nn.SGD` after the first step, or a Tensor to that of
    `mindspore.nn.Momentum`, has no effect and raises nothing.
    """
    _ignored(mindspore, mindspore.attribute, "momentum_tensor")
    for name, build in (
        ("momentum", mindspore.build),
        ("sgd", _sgd),
    ):
        weights = mindspore.train(
            build, _set("weight_decay", 0.7)
        )
        _ignored(mindspore, weights, f"{name}_float")


def python_float(pytorch, mindspore):
    """After a step compiled by `@ms.jit`, assigning a Python float to
    `optimizer.momentum` or `optimizer.learning_rate` of
    `mindspore.nn.Momentum` raises a TypeError: the attribute is a
    Parameter.
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
    """With the training step compiled by `@ms.jit`, putting a new Parameter in
    the place of `optimizer.momentum` of `mindspore.nn.Momentum` after the
    first step has no effect and raises nothing.
    """
    new = ms.Parameter(
        ms.Tensor(0.5, ms.float32), name="momentum"
    )
    weights = mindspore.train(
        mindspore.build, _set("momentum", new)
    )
    expect.close(0.5, new, name="reads")
    _ignored(mindspore, weights, "weights")


def dampening_and_nesterov(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`, assigning `dampening` or
    `nesterov` of `mindspore.nn.SGD`, or `use_nesterov` of
    `mindspore.nn.Momentum`, after the first step has no effect and raises
    nothing; in `torch.optim.SGD`, the keys `dampening` and `nesterov` of
    `param_groups[0]` take effect.
    """
    both = _both(_set("dampening", 0.5), _set("nesterov", True))
    sgd = mindspore.train(_sgd, both)
    _ignored(mindspore, sgd, "sgd")
    nesterov = _set("use_nesterov", True)
    weights = mindspore.train(mindspore.build, nesterov)
    _ignored(mindspore, weights, "momentum")
    for key, value in (("dampening", 0.5), ("nesterov", True)):
        changed = pytorch.train(
            pytorch.build, _set_group({key: value})
        )
        expect.apart(
            pytorch.unchanged,
            changed,
            at_least=0.02,
            name=f"pytorch_{key}",
        )


def set_data(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`,
    `optimizer.momentum.set_data(...)` and `optimizer.momentum = Tensor`
    have no effect on the following steps of `mindspore.nn.Momentum` and
    raise nothing, although the new value reads back.
    """
    new = ms.Tensor(0.5, ms.float32)
    for name, change in (
        ("set_data", lambda o: o.momentum.set_data(new)),
        ("tensor", _set("momentum", new)),
    ):
        kept = []
        weights = mindspore.train(
            mindspore.build, _both(change, kept.append)
        )
        expect.close(0.5, kept[0].momentum, name=f"{name}_reads")
        _ignored(mindspore, weights, name)


def group_rate_assigned(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`,
    `ops.assign(optimizer.param_groups[0]["lr"], ...)` takes effect at the
    next step of `mindspore.experimental.optim.SGD` and gives the weights of
    PyTorch.
    """
    _took_effect(
        pytorch,
        pytorch.group_rate,
        mindspore.group_rate,
        "weights",
    )


def group_values(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`, assigning `lr`,
    `momentum`, `weight_decay`, `dampening`, `nesterov` or `maximize` in
    `param_groups[0]` of `mindspore.experimental.optim.SGD` after the first
    step has no effect, as long as the step is not compiled again.
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
    weights = mindspore.train(build, _set_group(changes))
    expect.close(unchanged, weights, tolerance=0, name="weights")
    expect.apart(
        pytorch.momentum,
        mindspore.group,
        at_least=0.2,
        name="pytorch",
    )


def group_values_of_adam(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`, assigning `betas`, `eps`
    or `weight_decay` in `param_groups[0]` of
    `mindspore.experimental.optim.Adam` after the first step has no effect
    and raises nothing.
    """
    unchanged = mindspore.train(_adam, lambda optimizer: None)
    changes = {
        "betas": (0.5, 0.9),
        "eps": 0.5,
        "weight_decay": 0.7,
    }
    weights = mindspore.train(_adam, _set_group(changes))
    expect.close(unchanged, weights, tolerance=0, name="weights")


def adam(pytorch, mindspore):
    """With the training step compiled by `@ms.jit`,
    `ops.assign(optimizer.learning_rate, ...)` takes effect at the next step
    of `mindspore.nn.Adam`, and assigning a Tensor to `beta1`, `beta2`,
    `eps` or `weight_decay` after the first step has no effect and raises
    nothing.
    """
    unchanged = mindspore.train(_nn_adam, lambda optimizer: None)
    weights = mindspore.train(_nn_adam, _set_all)
    expect.close(unchanged, weights, tolerance=0, name="others")
    rate = mindspore.train(_nn_adam, mindspore.change_rate)
    expected = pytorch.train(_torch_adam, pytorch.change_rate)
    expect.close(expected, rate, name="rate")
    expect.apart(
        unchanged, rate, at_least=0.05, name="rate_unchanged"
    )


def rebuilt_step(pytorch, mindspore):
    """After a change of `lr`, `momentum` or `weight_decay` in
    `param_groups[0]` of `mindspore.experimental.optim.SGD`, a newly made
    `@ms.jit` step is compiled with the new value and trains to the weights
    of PyTorch.
    """
    _took_effect(
        pytorch, pytorch.rebuilt, mindspore.rebuilt, "weights"
    )
    build = mindspore.build_experimental
    for key, value in (("lr", 0.02), ("weight_decay", 0.7)):
        change = _set_group({key: value})
        expected = pytorch.train(pytorch.build, change)
        weights = mindspore.train(build, change, rebuild=True)
        _took_effect(pytorch, expected, weights, key)


def _sgd(params):
    return nn.SGD(params, 0.1, 0.9, weight_decay=0.1)


def _set(name, value):
    return lambda optimizer: setattr(optimizer, name, value)


def _set_group(changes):
    return lambda optimizer: optimizer.param_groups[0].update(
        changes
    )


def _took_effect(pytorch, expected, weights, name):
    expect.close(expected, weights, name=name)
    expect.apart(
        pytorch.unchanged,
        weights,
        at_least=0.2,
        name=f"{name}_unchanged",
    )


def _ignored(mindspore, weights, name):
    expect.close(
        mindspore.unchanged, weights, tolerance=0, name=name
    )


def _both(first, second):
    def change(optimizer):
        first(optimizer)
        second(optimizer)

    return change


def _set_all(optimizer):
    for name in ("beta1", "beta2", "eps", "weight_decay"):
        setattr(optimizer, name, ms.Tensor(0.5, ms.float32))


def _adam(params):
    return optim.Adam(params, 0.1, weight_decay=0.1)


def _nn_adam(params):
    return nn.Adam(params, 0.1, weight_decay=0.1)


def _torch_adam(params):
    return torch.optim.Adam(params, 0.1, weight_decay=0.1)
