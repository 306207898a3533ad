import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import sgd_step, square, torch_sgd


def same_weights(pytorch, mindspore):
    """In the example, with momentum, dampening and two groups that set their
    own learning rate, momentum and weight decay,
    `mindspore.experimental.optim.SGD` matches `torch.optim.SGD` after each of
    60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_arguments(pytorch, mindspore):
    """In the example, with `lr=0.1`: with `nesterov`, `momentum=0.9` and
    `weight_decay=0.1`, with `maximize` and `weight_decay=0.1`, and with
    `dampening=0.5` but no momentum, `mindspore.experimental.optim.SGD` matches
    `torch.optim.SGD` after each of 60 steps.
    """
    for name, options in (
        (
            "nesterov",
            {
                "momentum": 0.9,
                "nesterov": True,
                "weight_decay": 0.1,
            },
        ),
        ("maximize", {"maximize": True, "weight_decay": 0.1}),
        ("dampening", {"dampening": 0.5}),
    ):
        theirs = torch_sgd(pytorch, lr=0.1, **options)
        ours = _ours(mindspore, 0.1, **options)
        expect.close(theirs, ours, name=name)


def rate_is_required(pytorch, mindspore):
    """`mindspore.experimental.optim.SGD` raises `TypeError`
    without a learning rate; `torch.optim.SGD` has a default of
    0.001.
    """
    expect.raises(
        TypeError,
        lambda: _ours(mindspore),
        match="missing 1 required positional argument: 'lr'",
        name="mindspore",
    )
    optimizer = torch.optim.SGD(pytorch.model().parameters())
    expect.equal(0.001, optimizer.defaults["lr"], name="pytorch")


def nesterov_in_a_damped_group_raises(pytorch, mindspore):
    """In an optimizer with a momentum of 0.9 and `dampening=0.5`, both
    constructors accept a group with `nesterov=True` and no `dampening` of its
    own. At the first step, `mindspore.experimental.optim.SGD` raises
    `ValueError`, and `torch.optim.SGD` updates the weights.
    """
    start = pytorch.model().weight.numpy(force=True)
    options = {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}
    net = pytorch.model()
    group = {"params": net.parameters(), "nesterov": True}
    theirs = pytorch.train(
        net, torch.optim.SGD([group], **options)
    )
    expect.apart(start, theirs[0][0], at_least=0.01, name="moved")
    net = mindspore.model()
    group = {"params": net.trainable_params(), "nesterov": True}
    optimizer = optim.SGD([group], **options)
    expect.raises(
        ValueError,
        lambda: mindspore.train(net, optimizer),
        match="'dampening' must be 0 when 'nesterov' is True",
        name="first_step",
    )


def group_values_reach_eager_updates(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, with a learning rate of 0.1 and a
    first momentum of 0.9, `group["momentum"] = 0.5` before step 11 takes
    effect in `mindspore.experimental.optim.SGD`: it matches `torch.optim.SGD`
    with the same change.
    """
    theirs = _changed_theirs(pytorch, momentum=0.5)
    ours = _changed(mindspore, _set_momentum)
    expect.close(theirs, ours, name="weights")


def jit_keeps_first_momentum(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, for arguments of the same shapes,
    `mindspore.experimental.optim.SGD` silently ignores `group["momentum"] =
    0.5` before step 11: it matches `torch.optim.SGD` with the first momentum,
    here 0.9, throughout.
    """
    ours = _changed(mindspore, _set_momentum, jit=True)
    theirs = _changed_theirs(pytorch, momentum=0.5)
    expect.apart(theirs, ours, at_least=0.1, name="apart")
    unchanged = torch_sgd(pytorch, lr=0.1, momentum=0.9)
    expect.close(unchanged, ours, name="unchanged")


def jit_takes_assigned_rate(pytorch, mindspore):
    """In a step compiled with `@ms.jit`, `group["lr"].copy_(ms.Tensor(0.02))`
    before step 11 takes effect in `mindspore.experimental.optim.SGD`, which
    matches `torch.optim.SGD` with the same change, here with a momentum of
    0.9. For arguments of the same shapes it silently ignores the Python
    assignment `group["lr"] = 0.02` there.
    """
    theirs = _changed_theirs(pytorch, lr=0.02)
    assigned = _changed(mindspore, _assign_rate, jit=True)
    expect.close(theirs, assigned, name="copied")
    replaced = _changed(mindspore, _set_rate, jit=True)
    expect.apart(theirs, replaced, at_least=0.1, name="apart")
    unchanged = torch_sgd(pytorch, lr=0.1, momentum=0.9)
    expect.close(unchanged, replaced, name="python_assignment")


def added_group_has_no_state(pytorch, mindspore):
    """With momentum 0.9, after `add_param_group` before the first step, that
    step of `mindspore.experimental.optim.SGD` raises `RuntimeError`, because
    only its constructor creates momenta. By then the step has updated the
    first group in PyNative mode without `@ms.jit`, and no weight with it.
    """
    grads = (
        ms.Tensor(mindspore.weight),
        ms.Tensor(mindspore.bias),
    )
    for name in ("pynative", "jit"):
        net = mindspore.model()
        optimizer = optim.SGD([net.weight], lr=0.1, momentum=0.9)
        optimizer.add_param_group({"params": [net.bias]})
        expect.equal(
            1, len(optimizer.accum), name=f"{name}_momenta"
        )
        step = _step(optimizer, grads, jit=name == "jit")
        expect.raises(
            RuntimeError,
            step,
            match="tuples in HyperMap should have the same length",
            name=name,
        )
        kept = 0.9 if name == "pynative" else 1.0
        expect.close(
            kept * mindspore.weight,
            net.weight,
            name=f"{name}_first",
        )
        expect.close(
            mindspore.bias, net.bias, name=f"{name}_second"
        )


def unused_parameters_keep_moving(pytorch, mindspore):
    """`torch.optim.SGD` skips a parameter whose `grad` is None;
    `ms.value_and_grad` gives zeros for a parameter that the loss does not use,
    and `mindspore.experimental.optim.SGD` with `weight_decay=0.5` and without
    momentum still decays it, as PyTorch does with zeros.
    """
    weight = ms.Parameter(ms.Tensor([1.0, -2.0]), name="weight")
    optimizer = optim.SGD([weight], 0.1, weight_decay=0.5)
    grad_fn = ms.value_and_grad(
        square, None, optimizer.parameters
    )
    _, grads = grad_fn(ms.Tensor(3.0))
    expect.close(np.zeros(2), grads[0], name="gradient")
    optimizer(grads)
    skipped = sgd_step(None)
    expect.close(
        np.array([1.0, -2.0]), skipped, name="pytorch_skips"
    )
    expect.apart(skipped, weight, at_least=0.01, name="apart")
    zeros = sgd_step(torch.zeros(2))
    expect.close(zeros, weight, name="pytorch_with_zeros")


def _step(optimizer, grads, jit):
    def step(*grads):
        return optimizer(grads)

    step = ms.jit(step) if jit else step
    return lambda: step(*grads)


def _set_momentum(group):
    group["momentum"] = 0.5


def _set_rate(group):
    group["lr"] = 0.02


def _assign_rate(group):
    group["lr"].copy_(ms.Tensor(0.02))


def _changed_theirs(side, **values):
    net = side.model()
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    steps = iter(range(60))

    def changed(optimizer, args, kwargs):
        if next(steps) == 10:
            optimizer.param_groups[0].update(values)

    optimizer.register_step_pre_hook(changed)
    return side.train(net, optimizer)


def _changed(side, change, jit=False):
    net = side.model()
    optimizer = optim.SGD(
        net.trainable_params(), lr=0.1, momentum=0.9
    )
    steps = iter(range(60))

    @ms.jit
    def compiled(*grads):
        return optimizer(grads)

    def update(grads):
        if next(steps) == 10:
            change(optimizer.param_groups[0])
        return compiled(*grads) if jit else optimizer(grads)

    return side.train(net, update)


def _ours(side, *args, **options):
    net = side.model()
    params = net.trainable_params()
    return side.train(net, optim.SGD(params, *args, **options))
