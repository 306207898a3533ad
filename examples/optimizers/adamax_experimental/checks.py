import functools
import inspect

import mindspore as ms
import torch
from crosswalk import expect
from mindspore.experimental import optim


def same_weights(pytorch, mindspore):
    """`mindspore.experimental.optim.Adamax` with the same arguments gives the
    weights of `torch.optim.Adamax` after each of 60 steps, here with
    `eps=1e-2` and `weight_decay=0.1`.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def other_arguments(pytorch, mindspore):
    """`mindspore.experimental.optim.Adamax` matches
    `torch.optim.Adamax` after each of 60 steps with
    `maximize=True`, with `betas=(0.7, 0.95)`, and in a step
    compiled with `ms.jit`.
    """
    for name, options, jit in (
        ("maximize", {"maximize": True}, False),
        ("betas", {"betas": (0.7, 0.95)}, False),
        ("jit", {}, True),
    ):
        theirs = _theirs(
            pytorch, _make(torch.optim.Adamax, **options)
        )
        make = _make(optim.Adamax, **options)
        ours = _ours(mindspore, make, jit=jit)
        expect.close(theirs, ours, name=name)


def second_group(pytorch, mindspore):
    """With `lr`, `betas` and `eps` set in one group and
    `weight_decay` and `maximize` in the other,
    `mindspore.experimental.optim.Adamax` matches
    `torch.optim.Adamax` after each of 60 steps.
    """

    def groups(net):
        first = {"params": [net.weight], "lr": 0.02, "eps": 1e-3}
        first["betas"] = (0.8, 0.99)
        second = {"params": [net.bias], "weight_decay": 0.1}
        return [first, second | {"maximize": True}]

    expect.close(
        _theirs(
            pytorch, lambda net: torch.optim.Adamax(groups(net))
        ),
        _ours(mindspore, lambda net: optim.Adamax(groups(net))),
        name="both",
    )


def same_defaults(pytorch, mindspore):
    """The defaults of `lr`, `betas`, `eps`, `weight_decay` and
    `maximize` are the same in
    `mindspore.experimental.optim.Adamax` and
    `torch.optim.Adamax`.
    """
    del pytorch, mindspore
    theirs = inspect.signature(torch.optim.Adamax).parameters
    ours = inspect.signature(optim.Adamax).parameters
    for name in ("lr", "betas", "eps", "maximize"):
        expect.equal(
            theirs[name].default, ours[name].default, name=name
        )
    expect.close(
        theirs["weight_decay"].default,
        ours["weight_decay"].default,
        tolerance=0.0,
        name="weight_decay",
    )


def zero_raises(pytorch, mindspore):
    """As arguments of `mindspore.experimental.optim.Adamax`, `lr=0.0` and
    `eps=0.0` raise `ValueError`; `torch.optim.Adamax` accepts both.
    """
    for name in ("lr", "eps"):
        make = functools.partial(optim.Adamax, **{name: 0.0})
        params = mindspore.network().trainable_params()
        expect.raises(
            ValueError,
            functools.partial(make, params),
            match=f"{name} must be greater",
            name=name,
        )
        made = torch.optim.Adamax(
            pytorch.network().parameters(), **{name: 0.0}
        )
        found = made.param_groups[0][name]
        expect.equal(0.0, found, name=f"pytorch_{name}")


def _make(kind, lr=0.01, **options):
    def make(net):
        if isinstance(net, torch.nn.Module):
            params = net.parameters()
        else:
            params = net.trainable_params()
        return kind(params, lr, **options)

    return make


def _theirs(side, make):
    net, weights = side.network(), []
    optimizer = make(net)
    for _ in range(60):
        optimizer.zero_grad()
        (net(side.x) - side.y).square().mean().backward()
        optimizer.step()
        weights.append(side.values(net))
    return weights


def _ours(side, make, *, sign=1, jit=False, before=None):
    net, weights = side.network(), []
    optimizer = make(net)

    def forward():
        return sign * (net(side.x) - side.y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step():
        loss, gradients = grad_fn()
        optimizer(gradients)
        return loss

    step = ms.jit(step) if jit else step
    for index in range(60):
        if before:
            before(optimizer, index)
        step()
        weights.append(side.values(net))
    return weights
