import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses

HOT = 0.5
DIFFERS_FROM = {"SGD": 1, "ASGD": 2, "Rprop": None}


def torch_uses_the_new_rate(pytorch, mindspore):
    """With PyTorch's SGD, a learning rate written between two steps takes
    effect in the second step. `ASGD` uses it one step later, and `Rprop` does
    not use it.
    """
    first = -_law(pytorch, 0.1)
    expect.close(first, pytorch.before, name="first_step")
    expect.close(HOT, pytorch.rate, name="read")
    expect.close(_law(pytorch, HOT), pytorch.moved, name="update")
    for name, differs in DIFFERS_FROM.items():
        found = _changed(pytorch, name, _torch_steps)
        expect.equal(differs, found, name=name)


def nn_set_data_is_lost(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after the first step,
    `optimizer.learning_rate.set_data(...)` of `mindspore.nn.SGD` with one
    fixed learning rate changes the learning rate that you read, but not the
    one that the update uses.
    """
    expect.close(HOT, mindspore.rate, name="read")
    expect.close(
        _law(mindspore, 0.1), mindspore.moved, name="old_rate"
    )
    expect.apart(
        pytorch.moved, mindspore.moved, at_least=0.7, name="both"
    )


def nn_tensor_is_lost(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with a fixed learning rate and no
    groups, after the first step, `optimizer.learning_rate = Tensor(...)` of
    `mindspore.nn.SGD` changes the learning rate that you read, but not the one
    that the update uses, just as `set_data` does.
    """
    optimizer = _after_one_step(mindspore)
    optimizer.learning_rate = ms.Tensor(HOT, ms.float32)
    expect.close(HOT, optimizer.learning_rate, name="read")
    expect.close(
        _law(mindspore, 0.1), _move(optimizer), name="old_rate"
    )


def nn_assign_comes_too_late(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after a `set_data` that had no
    effect on the updates of `mindspore.nn.SGD` with one fixed learning rate,
    `copy_` on the same learning rate has no effect on them either.
    """
    optimizer = _after_one_step(mindspore)
    optimizer.learning_rate.set_data(ms.Tensor(0.2, ms.float32))
    _assign(optimizer, HOT)
    expect.close(HOT, optimizer.learning_rate, name="read")
    expect.close(
        _law(mindspore, 0.1), _move(optimizer), name="old_rate"
    )


def nn_assign_works(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a fixed learning rate set with
    `optimizer.learning_rate.copy_(...)` between two steps of
    `mindspore.nn.SGD` takes effect in the second step. `ASGD` uses it one step
    later, and `Rprop` does not use it.
    """
    optimizer = _after_one_step(mindspore)
    _assign(optimizer, HOT)
    expect.close(
        _law(mindspore, HOT), _move(optimizer), name="update"
    )
    for name, differs in DIFFERS_FROM.items():
        found = _changed(mindspore, name, _nn_steps)
        expect.equal(differs, found, name=name)


def nn_before_the_first_step(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, a fixed learning rate set with
    `set_data` before the first step of `mindspore.nn.SGD` takes effect in that
    step.
    """
    optimizer = _new(mindspore)
    optimizer.learning_rate.set_data(ms.Tensor(HOT, ms.float32))
    expect.close(
        _law(mindspore, HOT), _move(optimizer), name="update"
    )


def experimental_set_data_works(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after the first step of a
    `mindspore.experimental.optim.SGD` with one parameter, `set_data` on
    `param_groups[0]["lr"]` takes effect in the next step.
    """
    weight = ms.Parameter(
        ms.Tensor(mindspore.start), name="weight"
    )
    optimizer = ms.experimental.optim.SGD([weight], lr=0.1)
    optimizer((mindspore.gradient,))
    rate = optimizer.param_groups[0]["lr"]
    rate.set_data(ms.Tensor(HOT, ms.float32))
    moved = _move(optimizer)
    expect.close(_law(mindspore, HOT), moved, name="update")


def experimental_set_data_needs_one_parameter(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after the first step of a
    `mindspore.experimental.optim.SGD` with two parameters, `set_data` on
    `param_groups[0]["lr"]` changes the learning rate that you read, but not
    the one that the next update uses; `copy_` changes both.
    """
    new = ms.Tensor(HOT, ms.float32)
    for name, change, rate in (
        ("set_data", lambda lr: lr.set_data(new), 0.1),
        ("assign", lambda lr: lr.copy_(new), HOT),
    ):
        weights = [
            ms.Parameter(ms.Tensor(mindspore.start), name=n)
            for n in ("first", "second")
        ]
        optimizer = ms.experimental.optim.SGD(weights, lr=0.1)
        optimizer((mindspore.gradient,) * 2)
        change(optimizer.param_groups[0]["lr"])
        before = [w.asnumpy().copy() for w in weights]
        optimizer((mindspore.gradient,) * 2)
        read = optimizer.param_groups[0]["lr"].asnumpy().item()
        expect.close(HOT, read, name=f"{name}_read")
        for start, weight in zip(before, weights, strict=True):
            expect.close(
                _law(mindspore, rate),
                start - weight.asnumpy(),
                name=f"{name}_{weight.name}",
            )


def which_optimizers(pytorch, mindspore):
    """On CPU in PyNative mode without `@ms.jit`, with one parameter and a
    fixed learning rate, `set_data` on the learning rate after the first step
    has no effect on the updates of any `mindspore.nn` optimizer that can
    update there, except `Adadelta`, which uses the new learning rate. `LARS`,
    `Lamb` and `OptTFTWrapper` cannot update there. `copy_` takes effect in all
    the others but `Rprop`, which uses the learning rate only at its first
    step.
    """
    kinds = subclasses(ms.nn, ms.nn.Optimizer)
    for name in ("LARS", "Lamb", "OptTFTWrapper"):
        del kinds[name]
    new = ms.Tensor(0.02, ms.float32)
    for name in kinds:
        kept = _four_steps(mindspore, name, lambda rate: None)
        for way, change, reached in (
            (
                "set_data",
                lambda rate: rate.set_data(new),
                name == "Adadelta",
            ),
            (
                "copy",
                lambda rate: rate.copy_(new),
                name != "Rprop",
            ),
        ):
            weights = _four_steps(mindspore, name, change)
            expect.equal(
                reached,
                weights != kept,
                name=f"{name}_{way}",
            )


def _law(side, rate):
    return rate * _numbers(side.gradient)


def _numbers(tensor):
    return (
        tensor.numpy()
        if hasattr(tensor, "detach")
        else tensor.asnumpy()
    )


def _new(side, name="SGD"):
    weight = ms.Parameter(ms.Tensor(side.start), name="weight")
    more = {"momentum": 0.0} if name == "Momentum" else {}
    if name == "AdaFactor":
        more = {"relative_step": False}
    return getattr(ms.nn, name)(
        [weight], learning_rate=0.1, **more
    )


def _after_one_step(side, name="SGD"):
    optimizer = _new(side, name)
    _move(optimizer)
    return optimizer


def _four_steps(side, name, change):
    """Return the weights; with `ASGD`, a new rate counts from step 3 on."""
    optimizer = _new(side, name)
    for step in range(4):
        if step == 1:
            change(optimizer.learning_rate)
        _move(optimizer)
    return optimizer.parameters[0].asnumpy().tolist()


def _changed(side, name, train):
    """Return the first step at which a rate set before step 1 shows."""
    kept, changed = (
        train(side, name, None),
        train(side, name, HOT),
    )
    pairs = enumerate(zip(kept, changed, strict=True))
    return next((step for step, (a, b) in pairs if a != b), None)


def _torch_steps(side, name, rate):
    weight = torch.nn.Parameter(torch.tensor(side.start))
    optimizer = getattr(torch.optim, name)([weight], lr=0.1)
    weights = []
    for step in range(4):
        if step == 1 and rate:
            optimizer.param_groups[0]["lr"] = rate
        weight.grad = side.gradient.clone()
        optimizer.step()
        weights.append(weight.tolist())
    return weights


def _nn_steps(side, name, rate):
    optimizer = _new(side, name)
    weights = []
    for step in range(4):
        if step == 1 and rate:
            _assign(optimizer, rate)
        _move(optimizer)
        weights.append(optimizer.parameters[0].asnumpy().tolist())
    return weights


def _move(optimizer):
    weight = optimizer.parameters[0]
    before = weight.asnumpy().copy()
    optimizer((ms.Tensor([0.5, 0.25], ms.float32),))
    return before - weight.asnumpy()


def _assign(optimizer, value):
    optimizer.learning_rate.copy_(ms.Tensor(value, ms.float32))
