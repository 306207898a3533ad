import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import nn
from shared import sgd_step, square, torch_sgd


def same_weights(pytorch, mindspore):
    """With the Nesterov momentum of the example, one group with its own weight
    decay and one with its own learning rate, `mindspore.nn.SGD` matches
    `torch.optim.SGD` after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_arguments(pytorch, mindspore):
    """With a learning rate of 0.1: with `momentum=0.9`, `dampening=0.5` and
    `weight_decay=0.1` together, and with `dampening=0.5` but no momentum,
    `mindspore.nn.SGD` matches `torch.optim.SGD` after each of 60 steps, for
    the weight and the bias of an `nn.Dense`.
    """
    options = {
        "momentum": 0.9,
        "dampening": 0.5,
        "weight_decay": 0.1,
    }
    expect.close(
        torch_sgd(pytorch, lr=0.1, **options),
        _ours(mindspore, 0.1, **options),
        name="together",
    )
    expect.close(
        torch_sgd(pytorch, lr=0.1, dampening=0.5),
        _ours(mindspore, 0.1, dampening=0.5),
        name="no_momentum",
    )


def default_rate_is_another(pytorch, mindspore):
    """The default learning rate is 0.001 in `torch.optim.SGD` and
    0.1 in `mindspore.nn.SGD`.
    """
    net = pytorch.model()
    rate = torch.optim.SGD(net.parameters()).defaults["lr"]
    expect.equal(0.001, rate, name="pytorch")
    optimizer = nn.SGD(mindspore.model().trainable_params())
    expect.close(
        0.1, optimizer.learning_rate.item(), name="mindspore"
    )


def negated_gradients_maximize(pytorch, mindspore):
    """`mindspore.nn.SGD` raises `TypeError` for `maximize`. With negated
    gradients, it matches `torch.optim.SGD` with `maximize=True` after each of
    60 steps, here with a learning rate of 0.1, momentum 0.9 and
    `weight_decay=0.1`, for the weight and the bias of an `nn.Dense`.
    """
    net = mindspore.model()
    params = net.trainable_params()
    expect.raises(
        TypeError,
        lambda: nn.SGD(params, 0.1, maximize=True),
        match="unexpected keyword argument 'maximize'",
        name="no_maximize",
    )
    optimizer = nn.SGD(
        params, 0.1, momentum=0.9, weight_decay=0.1
    )

    def negated(grads):
        return optimizer(tuple(-grad for grad in grads))

    theirs = torch_sgd(
        pytorch,
        lr=0.1,
        momentum=0.9,
        weight_decay=0.1,
        maximize=True,
    )
    expect.close(
        theirs, mindspore.train(net, negated), name="negated"
    )


def group_keys_are_fixed(pytorch, mindspore):
    """A group of `mindspore.nn.SGD` with `momentum` raises
    `KeyError`; a group of `torch.optim.SGD` may set it.
    """
    net = mindspore.model()
    groups = [{"params": net.trainable_params(), "momentum": 0.9}]
    expect.raises(
        KeyError,
        lambda: nn.SGD(groups, 0.1),
        match="the key in group params must be one of",
        name="group",
    )
    group = {
        "params": pytorch.model().parameters(),
        "momentum": 0.9,
    }
    optimizer = torch.optim.SGD([group], lr=0.1)
    expect.equal(
        0.9, optimizer.param_groups[0]["momentum"], name="pytorch"
    )


def gamma_and_beta_are_not_decayed(pytorch, mindspore):
    """Without groups, `mindspore.nn.SGD` does not apply `weight_decay` to
    parameters whose name contains `gamma` or `beta`: they match PyTorch with
    `weight_decay=0.0`. In a group they are decayed as in PyTorch, here without
    momentum, with a learning rate of 0.1 and `weight_decay=0.1`.
    """
    options = {"lr": 0.1}
    decayed = torch_sgd(pytorch, weight_decay=0.1, **options)
    plain = torch_sgd(pytorch, weight_decay=0.0, **options)

    def trained(grouped):
        net = mindspore.model()
        net.weight.name = "gamma_head.weight"
        net.bias.name = "norm.beta"
        params = net.trainable_params()
        params = [{"params": params}] if grouped else params
        optimizer = nn.SGD(params, 0.1, weight_decay=0.1)
        return mindspore.train(net, optimizer)

    skipped = trained(grouped=False)
    expect.apart(decayed, skipped, at_least=0.01, name="apart")
    expect.close(plain, skipped, name="without_decay")
    expect.close(decayed, trained(grouped=True), name="grouped")


def loss_scale_divides(pytorch, mindspore):
    """`mindspore.nn.SGD` with `loss_scale=1024.0` divides the gradients by it.
    Without momentum, with a learning rate of 0.1, a weight decay of 0.1 and
    the gradients of the loss times 1024, it matches `torch.optim.SGD` with the
    gradients of the loss, for the weight and the bias of an `nn.Dense`.
    """
    net = mindspore.model()
    optimizer = nn.SGD(
        net.trainable_params(),
        0.1,
        weight_decay=0.1,
        loss_scale=1024.0,
    )

    def scaled(grads):
        return optimizer(tuple(1024 * grad for grad in grads))

    theirs = torch_sgd(pytorch, lr=0.1, weight_decay=0.1)
    expect.close(
        theirs, mindspore.train(net, scaled), name="both"
    )


def negative_dampening_raises(pytorch, mindspore):
    """`mindspore.nn.SGD` raises `ValueError` for a `dampening` of -0.5;
    `torch.optim.SGD` takes it.
    """
    expect.raises(
        ValueError,
        lambda: _ours(mindspore, 0.1, dampening=-0.5),
        match="'dampening' must be at least 0.0",
        name="mindspore",
    )
    net = pytorch.model()
    optimizer = torch.optim.SGD(net.parameters(), dampening=-0.5)
    expect.equal(
        -0.5, optimizer.defaults["dampening"], name="pytorch"
    )


def momentum_is_a_parameter(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, after
    `optimizer.momentum.copy_(ms.Tensor(0.5))` before step 11,
    `mindspore.nn.SGD` with a learning rate of 0.1 and a first momentum of 0.9
    matches `torch.optim.SGD` whose group is given `momentum` 0.5 there.
    Assigning the float 0.5 to the attribute raises `TypeError`.
    """
    net = pytorch.model()
    theirs = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    counter = iter(range(60))

    def changed(optimizer, args, kwargs):
        if next(counter) == 10:
            optimizer.param_groups[0]["momentum"] = 0.5

    theirs.register_step_pre_hook(changed)
    theirs = pytorch.train(net, theirs)
    net = mindspore.model()
    optimizer = nn.SGD(net.trainable_params(), 0.1, momentum=0.9)
    steps = iter(range(60))

    def update(grads):
        if next(steps) == 10:
            optimizer.momentum.copy_(ms.Tensor(0.5))
        return optimizer(grads)

    expect.close(
        theirs, mindspore.train(net, update), name="both"
    )
    expect.raises(
        TypeError,
        lambda: setattr(optimizer, "momentum", 0.5),
        match="Parameter 'momentum' already exists",
        name="float",
    )


def unused_parameters_keep_moving(pytorch, mindspore):
    """`torch.optim.SGD` skips a parameter whose `grad` is None;
    `ms.value_and_grad` gives zeros for a parameter that the loss does not use,
    and `mindspore.nn.SGD` with `weight_decay=0.5` and without momentum still
    decays it if it is named `weight`, as PyTorch does with zeros.
    """
    weight = ms.Parameter(ms.Tensor([1.0, -2.0]), name="weight")
    optimizer = nn.SGD([weight], 0.1, weight_decay=0.5)
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


def _ours(side, *args, **options):
    net = side.model()
    params = net.trainable_params()
    return side.train(net, nn.SGD(params, *args, **options))
