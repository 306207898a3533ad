from crosswalk import expect
from mindspore import nn
from shared import torch_sgd

DEVICES = ["cpu"]


def same_weights(pytorch, mindspore):
    """With momentum 0.9, one group with its own weight decay and one with its
    own learning rate, as in the example, `mindspore.nn.Momentum` matches
    `torch.optim.SGD` after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def nesterov_is_ignored(pytorch, mindspore):
    """On CPU, `mindspore.nn.Momentum` accepts `use_nesterov=True` but ignores
    it: with momentum 0.9 and a learning rate of 0.1, it matches
    `torch.optim.SGD` with `nesterov=False`, and differs from it with
    `nesterov=True`.
    """
    ours = _ours(mindspore, 0.1, 0.9, use_nesterov=True)
    nesterov = torch_sgd(
        pytorch, lr=0.1, momentum=0.9, nesterov=True
    )
    expect.apart(nesterov, ours, at_least=0.1, name="apart")
    plain = torch_sgd(pytorch, lr=0.1, momentum=0.9)
    expect.close(plain, ours, name="without_nesterov")


def nn_sgd_has_nesterov(pytorch, mindspore):
    """With momentum 0.9 and a learning rate of 0.1, `mindspore.nn.SGD` with
    `nesterov=True` matches `torch.optim.SGD` with `nesterov=True` after each
    of 60 steps.
    """
    net = mindspore.model()
    optimizer = nn.SGD(
        net.trainable_params(), 0.1, momentum=0.9, nesterov=True
    )
    theirs = torch_sgd(
        pytorch, lr=0.1, momentum=0.9, nesterov=True
    )
    expect.close(
        theirs, mindspore.train(net, optimizer), name="weights"
    )


def momentum_zero_is_sgd(pytorch, mindspore):
    """With `momentum=0.0`, a learning rate of 0.1 and a weight decay of 0.1,
    `mindspore.nn.Momentum` matches `torch.optim.SGD` without momentum, for the
    weight and the bias of an `nn.Dense`.
    """
    expect.close(
        torch_sgd(pytorch, lr=0.1, weight_decay=0.1),
        _ours(mindspore, 0.1, 0.0, weight_decay=0.1),
        name="weights",
    )


def rate_and_momentum_are_required(pytorch, mindspore):
    """`mindspore.nn.Momentum` raises `TypeError` without a learning rate,
    without `momentum`, with the integer 1 as `momentum` and with `dampening`.
    """
    params = mindspore.model().trainable_params()
    for name, call, match in (
        (
            "rate",
            lambda: nn.Momentum(params, momentum=0.9),
            "missing",
        ),
        ("momentum", lambda: nn.Momentum(params, 0.1), "missing"),
        (
            "integer",
            lambda: nn.Momentum(params, 0.1, 1),
            "type of 'momentum' should be 'float'",
        ),
        (
            "dampening",
            lambda: nn.Momentum(params, 0.1, 0.9, dampening=0.5),
            "unexpected keyword argument 'dampening'",
        ),
    ):
        expect.raises(TypeError, call, match=match, name=name)


def negated_gradients_maximize(pytorch, mindspore):
    """`mindspore.nn.Momentum` raises `TypeError` for `maximize`. With negated
    gradients, it matches `torch.optim.SGD` with `maximize=True` after each of
    60 steps, here with a learning rate of 0.1, momentum 0.9 and
    `weight_decay=0.1`, for the weight and the bias of an `nn.Dense`.
    """
    net = mindspore.model()
    params = net.trainable_params()
    expect.raises(
        TypeError,
        lambda: nn.Momentum(params, 0.1, 0.9, maximize=True),
        match="unexpected keyword argument 'maximize'",
        name="no_maximize",
    )
    optimizer = nn.Momentum(params, 0.1, 0.9, weight_decay=0.1)

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


def gamma_and_beta_are_not_decayed(pytorch, mindspore):
    """Without groups, `mindspore.nn.Momentum` does not apply `weight_decay` to
    parameters whose name contains `gamma` or `beta`: they match PyTorch with
    `weight_decay=0.0`. In a group they are decayed as in PyTorch, here with a
    learning rate of 0.1, momentum 0.9 and `weight_decay=0.1`.
    """
    options = {"lr": 0.1, "momentum": 0.9}
    decayed = torch_sgd(pytorch, weight_decay=0.1, **options)
    plain = torch_sgd(pytorch, weight_decay=0.0, **options)

    def trained(grouped):
        net = mindspore.model()
        net.weight.name = "gamma_head.weight"
        net.bias.name = "norm.beta"
        params = net.trainable_params()
        params = [{"params": params}] if grouped else params
        optimizer = nn.Momentum(
            params, 0.1, 0.9, weight_decay=0.1
        )
        return mindspore.train(net, optimizer)

    skipped = trained(grouped=False)
    expect.apart(decayed, skipped, at_least=0.01, name="apart")
    expect.close(plain, skipped, name="without_decay")
    expect.close(decayed, trained(grouped=True), name="grouped")


def loss_scale_divides(pytorch, mindspore):
    """`mindspore.nn.Momentum` with `loss_scale=1024.0` divides the gradients
    by it. With momentum 0.9, a learning rate of 0.1, a weight decay of 0.1 and
    the gradients of the loss times 1024, it matches `torch.optim.SGD` with the
    gradients of the loss, for the weight and the bias of an `nn.Dense`.
    """
    net = mindspore.model()
    optimizer = nn.Momentum(
        net.trainable_params(), 0.1, 0.9, 0.1, loss_scale=1024.0
    )

    def scaled(grads):
        return optimizer(tuple(1024 * grad for grad in grads))

    theirs = torch_sgd(
        pytorch, lr=0.1, momentum=0.9, weight_decay=0.1
    )
    expect.close(
        theirs, mindspore.train(net, scaled), name="both"
    )


def _ours(side, *args, **options):
    net = side.model()
    params = net.trainable_params()
    return side.train(net, nn.Momentum(params, *args, **options))
