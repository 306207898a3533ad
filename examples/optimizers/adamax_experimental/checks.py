import functools
import inspect

import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import make_with, train_mindspore, train_torch


def same_weights(pytorch, mindspore):
    """In the example, with `lr=0.01`, `eps=1e-2` and `weight_decay=0.1`,
    `mindspore.experimental.optim.Adamax` matches `torch.optim.Adamax` after
    each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def other_arguments(pytorch, mindspore):
    """In the example, with `lr=0.01` and the default `eps`,
    `mindspore.experimental.optim.Adamax` matches `torch.optim.Adamax` after
    each of 60 steps with `maximize=True`, with `betas=(0.7, 0.95)`, and in a
    step compiled with `@ms.jit`.
    """
    for name, options, jit in (
        ("maximize", {"maximize": True}, False),
        ("betas", {"betas": (0.7, 0.95)}, False),
        ("jit", {}, True),
    ):
        theirs = train_torch(
            pytorch, make_with(torch.optim.Adamax, **options)
        )
        make = make_with(optim.Adamax, **options)
        ours = train_mindspore(mindspore, make, jit=jit)
        expect.close(theirs, ours, name=name)


def second_group(pytorch, mindspore):
    """In the example, with `lr=0.02`, `betas=(0.8, 0.99)` and `eps=1e-3` in
    one group and `weight_decay=0.1` and `maximize=True` in the other,
    `mindspore.experimental.optim.Adamax` matches `torch.optim.Adamax` after
    each of 60 steps.
    """

    def groups(net):
        first = {"params": [net.weight], "lr": 0.02, "eps": 1e-3}
        first["betas"] = (0.8, 0.99)
        second = {"params": [net.bias], "weight_decay": 0.1}
        return [first, second | {"maximize": True}]

    expect.close(
        train_torch(
            pytorch, lambda net: torch.optim.Adamax(groups(net))
        ),
        train_mindspore(
            mindspore, lambda net: optim.Adamax(groups(net))
        ),
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
