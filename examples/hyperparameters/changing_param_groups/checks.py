from functools import partial

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore import nn
from mindspore.experimental import optim
from shared import experimental_adam, torch_adam


def same_start(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, `torch.optim.SGD` and
    `mindspore.experimental.optim.SGD` with momentum 0.9 and a weight decay of
    0.1 match in the example as long as nothing is changed.
    """
    expect.close(
        pytorch.unchanged, mindspore.unchanged, name="weights"
    )


def rate(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, assigning a Python float, here 0.02,
    to `param_groups[0]["lr"]` of `mindspore.experimental.optim.SGD` takes
    effect at the next step, as in `torch.optim.SGD`.
    """
    _took_effect(pytorch, pytorch.rate, mindspore.rate)


def momentum(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if
    `mindspore.experimental.optim.SGD` was built with momentum 0.9, assigning
    0.5 to `param_groups[0]["momentum"]` takes effect at the next step, as in
    `torch.optim.SGD`.
    """
    _took_effect(pytorch, pytorch.momentum, mindspore.momentum)


def weight_decay(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if
    `mindspore.experimental.optim.SGD` was built with a weight decay of 0.1,
    assigning 0.7 to `param_groups[0]["weight_decay"]` takes effect at the next
    step, as in `torch.optim.SGD`.
    """
    _took_effect(
        pytorch, pytorch.weight_decay, mindspore.weight_decay
    )


def other_keys(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, assigning 0.5 as `dampening`, or
    `True` as `nesterov` or `maximize`, in `param_groups[0]` of
    `mindspore.experimental.optim.SGD` with momentum 0.9 after two steps takes
    effect at the next step, and the weights match `torch.optim.SGD`.
    """
    for key, value in (
        ("dampening", 0.5),
        ("nesterov", True),
        ("maximize", True),
    ):
        change = _set_group(key, value)
        expected = pytorch.train(pytorch.build, change)
        weights = mindspore.train(mindspore.build, change)
        expect.close(expected, weights, name=key)
        expect.apart(
            pytorch.unchanged,
            weights,
            at_least=0.1,
            name=f"{key}_unchanged",
        )


def keys_of_adam(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, assigning 0.02 as `lr`, 5.0 as
    `weight_decay` or `(0.5, 0.9)` as `betas` in `param_groups[0]` of
    `mindspore.experimental.optim.Adam` takes effect at the next step; in the
    example, with gradients of about 1 in absolute value, the weights match
    `torch.optim.Adam`. After `1` as `eps` or `(0, 0.9)` as `betas`, the
    following steps do not update the weight, and no error is raised;
    `torch.optim.Adam` accepts both.
    """
    unchanged = pytorch.train(torch_adam, lambda optimizer: None)
    for key, value in (
        ("lr", 0.02),
        ("betas", (0.5, 0.9)),
        ("weight_decay", 5.0),
    ):
        change = _set_group(key, value)
        expected = pytorch.train(torch_adam, change)
        weights = mindspore.train(experimental_adam, change)
        expect.close(expected, weights, name=key)
        expect.apart(
            unchanged,
            weights,
            at_least=0.01,
            name=f"{key}_unchanged",
        )
    for key, value in (("eps", 1), ("betas", (0, 0.9))):
        name = f"int_in_{key}"
        change = _set_group(key, value)
        two, five = (
            _adam_steps(optim, steps, change) for steps in (2, 5)
        )
        expect.close(two, five, tolerance=0, name=name)
        two, five = (
            _adam_steps(torch.optim, steps, change)
            for steps in (2, 5)
        )
        expect.apart(
            two, five, at_least=0.1, name=f"pytorch_{name}"
        )


def int_rate_is_ignored(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if no float was assigned before,
    assigning `0` or `np.float32(0.02)` to `param_groups[0]["lr"]` after two
    steps of any optimizer of `mindspore.experimental.optim` built with a float
    as `lr` has no effect and raises no error, although the group reads the new
    learning rate: only a `float` counts. After a float, `SGD` goes back to the
    learning rate of the Parameter that it was built with. In
    `torch.optim.SGD`, both take effect.
    """
    values = {"int": 0, "float32": np.float32(0.02)}
    for kind, value in values.items():
        weights = pytorch.train(
            pytorch.build, _set_group("lr", value)
        )
        expect.apart(
            pytorch.unchanged,
            weights,
            at_least=0.2,
            name=f"pytorch_{kind}",
        )
    for name, cls in subclasses(optim, optim.Optimizer).items():

        def build(params, cls=cls):
            return cls(params, lr=0.1)

        unchanged = mindspore.train(build, lambda optimizer: None)
        for kind, value in values.items():
            kept = []

            def change(optimizer, value=value, kept=kept):
                optimizer.param_groups[0]["lr"] = value
                kept.append(optimizer.param_groups[0]["lr"])

            weights = mindspore.train(build, change)
            label = f"{name}_{kind}"
            expect.equal(value, kept[0], name=f"{label}_reads")
            expect.close(
                unchanged, weights, tolerance=0, name=label
            )
    for kind, value in values.items():
        _goes_back(value, f"{kind}_after_a_float")


def int_decay_raises(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, the `int` `1` assigned to
    `weight_decay` or `dampening` in `param_groups[0]` of
    `mindspore.experimental.optim.SGD` raises `RuntimeError` at the next step;
    `torch.optim.SGD` accepts it.
    """
    for key in ("weight_decay", "dampening"):
        change = _set_group(key, 1)
        expect.raises(
            RuntimeError,
            partial(mindspore.train, mindspore.build, change),
            match="Cast failed",
            name=key,
        )
        weights = pytorch.train(pytorch.build, change)
        expect.apart(
            pytorch.unchanged,
            weights,
            at_least=0.1,
            name=f"pytorch_{key}",
        )


def tensor_rate_is_ignored(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if no float was assigned before,
    assigning a scalar Tensor to `param_groups[0]["lr"]` of
    `mindspore.experimental.optim.SGD` has no effect and raises no error,
    although the group reads the new learning rate. After a float, the
    optimizer goes back to the learning rate of the Parameter that it was built
    with. In `torch.optim.SGD`, the Tensor takes effect.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        kept = []

        def change(optimizer, side=side, kept=kept):
            side.change_to_tensor(optimizer)
            kept.append(optimizer.param_groups[0]["lr"])

        side.train(side.build, change)
        kind = type(kept[0]).__name__
        expect.equal("Tensor", kind, name=f"{name}_type")
        expect.close(0.02, kept[0], name=f"{name}_reads")
    _took_effect(
        pytorch, pytorch.rate, pytorch.tensor_rate, "pytorch"
    )
    expect.close(
        mindspore.unchanged,
        mindspore.tensor_rate,
        tolerance=0,
        name="weights",
    )
    new = ms.Tensor(0.02, ms.float32)
    _goes_back(new, "after_a_float")


def parameter_rate_is_ignored(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, if no float was assigned before,
    assigning a new Parameter to `param_groups[0]["lr"]` of
    `mindspore.experimental.optim.SGD` has no effect and raises no error. After
    a float, the optimizer goes back to the learning rate of the Parameter that
    it was built with.
    """
    new = ms.Parameter(ms.Tensor(0.02, ms.float32), name="rate")
    weights = mindspore.train(
        mindspore.build, _set_group("lr", new)
    )
    expect.close(
        mindspore.unchanged, weights, tolerance=0, name="weights"
    )
    _goes_back(new, "after_a_float")


def rate_is_a_parameter(pytorch, mindspore):
    """Built with a float as `lr`, `param_groups[0]["lr"]` is a float in
    `torch.optim.SGD` and a Parameter in `mindspore.experimental.optim.SGD`. In
    PyNative mode without `@ms.jit`, `copy_` on that Parameter takes effect at
    the next step.
    """
    expect.equal(
        "float", _rate_type(pytorch), name="pytorch_type"
    )
    expect.equal(
        "Parameter", _rate_type(mindspore), name="mindspore_type"
    )
    new = ms.Tensor(0.02, ms.float32)
    weights = mindspore.train(
        mindspore.build,
        lambda optimizer: optimizer.param_groups[0]["lr"].copy_(
            new
        ),
    )
    _took_effect(pytorch, pytorch.rate, weights, "assign")


def rate_set_with_set_data(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with a weight and a bias,
    `param_groups[0]["lr"].set_data(...)` after two steps of
    `mindspore.experimental.optim.SGD` has no effect and raises no error,
    although the group reads the new learning rate.
    """
    kept = []

    def change(optimizer):
        rate = optimizer.param_groups[0]["lr"]
        rate.set_data(ms.Tensor(0.02, ms.float32))
        kept.append(rate)

    weights = mindspore.train(mindspore.build, change)
    expect.close(0.02, kept[0], name="reads")
    expect.close(
        mindspore.unchanged, weights, tolerance=0, name="weights"
    )


def new_batch_shape_takes_the_number(pytorch, mindspore):
    """In PyNative mode, if a step compiled with `@ms.jit` takes the batch as
    an argument, a value assigned after the first call is ignored for batches
    of the first shape and used for batches of a new shape, which compile the
    step again. A smaller last batch therefore trains with a different value.
    This holds for a float assigned to `param_groups[0]["lr"]` of
    `mindspore.experimental.optim.SGD`, and for a Tensor assigned to
    `weight_decay` of a `mindspore.nn.Momentum` that was built without groups,
    with the default `loss_scale` and with a weight decay of 0.1.
    """
    rates = _updates_by_shape(
        lambda weights: optim.SGD(weights, lr=0.1),
        _set_group("lr", 0.5),
    )
    expect.close([0.1, 0.1, 0.5, 0.1, 0.5], rates, name="rates")
    decayed = _updates_by_shape(
        lambda weights: nn.Momentum(
            weights, 0.1, 0.0, weight_decay=0.1
        ),
        lambda optimizer: setattr(
            optimizer, "weight_decay", ms.Tensor(1.0, ms.float32)
        ),
    )
    weight, law = 1.0, []
    for decay in (0.1, 0.1, 1.0, 0.1, 1.0):
        law.append(0.1 * (1 + decay * weight))
        weight -= law[-1]
    expect.close(law, decayed, name="weight_decay")


def float_hides_the_parameter(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after a float was assigned to
    `param_groups[0]["lr"]` of `mindspore.experimental.optim.SGD`,
    `optimizer.lrs[0].copy_(...)` has no effect: the optimizer uses the float.
    """

    def change(optimizer):
        optimizer.param_groups[0]["lr"] = 0.02
        optimizer.lrs[0].copy_(ms.Tensor(0.5, ms.float32))

    weights = mindspore.train(mindspore.build, change)
    _took_effect(pytorch, pytorch.rate, weights)


def attributes_and_defaults(pytorch, mindspore):
    """In PyNative mode, assigning `optimizer.momentum` or
    `optimizer.defaults["momentum"]` has no effect on existing groups, in `torch.optim.SGD` and in
    `mindspore.experimental.optim.SGD`.
    """

    def change(optimizer):
        optimizer.momentum = 0.5
        optimizer.defaults["momentum"] = 0.5

    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        weights = side.train(side.build, change)
        expect.close(
            side.unchanged, weights, tolerance=0, name=name
        )


def _took_effect(pytorch, expected, weights, name="weights"):
    expect.close(expected, weights, name=name)
    expect.apart(
        pytorch.unchanged,
        weights,
        at_least=0.2,
        name=f"{name}_unchanged",
    )


def _adam_steps(optimizers, steps, change):
    """Return the weight; `change` comes after the second step."""
    if optimizers is torch.optim:
        weight = torch.nn.Parameter(torch.ones(1))
        weight.grad = torch.ones(1)
        optimizer = torch.optim.Adam([weight], lr=0.1)
        update = optimizer.step
    else:
        weight = ms.Parameter(ms.ops.ones(1), name="weight")
        optimizer = optim.Adam([weight], lr=0.1)
        update = partial(optimizer, (ms.ops.ones(1),))
    for step in range(steps):
        if step == 2:
            change(optimizer)
        update()
    return weight.item()


def _goes_back(value, name):
    """Assign a float, train a step, assign `value`: as if 0.1 came back."""
    weights = []
    for second in (value, 0.1, 0.5):
        weight = ms.Parameter(ms.Tensor([1.0]), name="weight")
        optimizer = optim.SGD([weight], lr=0.1)
        for rate in (None, 0.5, second):
            if rate is not None:
                optimizer.param_groups[0]["lr"] = rate
            optimizer((ms.Tensor([1.0]),))
        weights.append(weight.item())
    expect.close(weights[1], weights[0], name=name)
    expect.apart(
        weights[2], weights[0], at_least=0.1, name=f"{name}_moves"
    )


def _set_group(key, value):
    return lambda optimizer: optimizer.param_groups[0].update(
        {key: value}
    )


def _rate_type(side):
    found = []
    side.train(side.build, found.append)
    return type(found[0].param_groups[0]["lr"]).__name__


def _updates_by_shape(build, change):
    weight = ms.Parameter(ms.Tensor([1.0]), name="weight")
    optimizer = build([weight])

    def forward(x):
        return (x * weight).mean()

    grad_fn = ms.value_and_grad(forward, None, [weight])

    @ms.jit
    def train_step(x):
        loss, grads = grad_fn(x)
        optimizer(grads)
        return loss

    updates = []
    for size in (4, 4, 2, 4, 2):
        before = weight.asnumpy().copy()
        train_step(ms.ops.ones((size, 1)))
        updates.append((before - weight.asnumpy()).item())
        change(optimizer)
    return updates
