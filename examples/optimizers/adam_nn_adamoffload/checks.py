import functools
import inspect

import torch
from crosswalk import expect
from mindspore import nn
from shared import (
    adam_formula,
    train_mindspore,
    train_three_named,
    train_three_unnamed,
    train_torch,
)

DEVICES = ["cpu"]


def same_weights(pytorch, mindspore):
    """In PyNative mode without `@ms.jit` on CPU, with the arguments of the
    example and `optimizer.eps` replaced by a parameter to which each step
    assigns `eps * sqrt(1 - beta2 ** t)`, `mindspore.nn.AdamOffload` matches
    `torch.optim.Adam` after each of 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def same_with_tiny_eps(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, the default `eps=1e-8`,
    gradients of about 1 and nothing assigned, `mindspore.nn.AdamOffload`
    matches `torch.optim.Adam` after each of 60 steps, in PyNative mode with
    and without `@ms.jit`. Without it, `mindspore.nn.Adam` also does.
    """
    theirs = train_torch(
        pytorch,
        lambda net: torch.optim.Adam(net.parameters(), 0.01),
    )
    for name, kind, jit in (
        ("offload", nn.AdamOffload, False),
        ("offload_jit", nn.AdamOffload, True),
        ("adam", nn.Adam, False),
    ):
        make = functools.partial(_make, kind)
        ours = train_mindspore(mindspore, make, jit=jit)
        expect.close(theirs, ours, name=name)


def small_gradients(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, the default `eps=1e-8` and
    gradients of about 1e-4, `mindspore.nn.AdamOffload` differs from
    `torch.optim.Adam` by more than 1e-4 in 60 steps, because it adds `eps`
    before the bias correction. With gradients of about 1e-8 it differs by more
    than 0.1.
    """
    for scale, least in ((1e-4, 1e-4), (1e-8, 0.1)):
        theirs = train_torch(
            pytorch,
            lambda net: torch.optim.Adam(net.parameters(), 0.01),
            scale,
        )
        make = functools.partial(_make, nn.AdamOffload)
        ours = train_mindspore(mindspore, make, sign=scale)
        name = f"{scale:g}"
        expect.apart(theirs, ours, at_least=least, name=name)
        formula = adam_formula(pytorch, eps=1e-8, scale=scale)
        expect.close(formula, ours, name=f"{name}_eps_before")


def eps_before_correction(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, `eps=1e-2` not rescaled
    and gradients of about 1, `mindspore.nn.AdamOffload` differs from
    `torch.optim.Adam`: a formula that adds `eps` before the bias correction of
    the second moment matches MindSpore. With the loss multiplied by 1e6 the
    same `eps` does not matter, and the weights match after each of 60 steps.
    """

    def make_torch(net):
        return torch.optim.Adam(net.parameters(), 0.01, eps=1e-2)

    theirs = train_torch(pytorch, make_torch)
    make = functools.partial(_make, nn.AdamOffload, eps=1e-2)
    large = train_torch(pytorch, make_torch, 1e6)
    expect.close(
        large,
        train_mindspore(mindspore, make, sign=1e6),
        name="large_loss",
    )
    ours = train_mindspore(mindspore, make)
    expect.apart(theirs, ours, at_least=0.05, name="apart")
    expect.close(adam_formula(pytorch), ours, name="eps_before")


def nesterov_is_extra(pytorch, mindspore):
    """`use_nesterov=True` of `mindspore.nn.AdamOffload` has no counterpart in
    `torch.optim.Adam`: in the example, with a learning rate of 0.01 and the
    default `eps`, the update uses `beta1 * m + (1 - beta1) * g`.
    """
    make = functools.partial(
        _make, nn.AdamOffload, use_nesterov=True
    )
    ours = train_mindspore(mindspore, make)
    law = adam_formula(pytorch, eps=1e-8, nesterov=True)
    expect.close(law, ours, name="law")
    plain = adam_formula(pytorch, eps=1e-8)
    expect.apart(plain, ours, at_least=0.01, name="apart")


def no_amsgrad(pytorch, mindspore):
    """`mindspore.nn.AdamOffload` has no AMSGrad and no `maximize`: `amsgrad`,
    `use_amsgrad` and `maximize` are not among its arguments.
    """
    del pytorch, mindspore
    names = inspect.signature(nn.AdamOffload).parameters
    for name in ("amsgrad", "use_amsgrad", "maximize"):
        expect.equal(False, name in names, name=name)


def beta_in_the_name_skips_decay(pytorch, mindspore):
    """Without groups, `mindspore.nn.AdamOffload` with `weight_decay=0.5` does
    not decay parameters named `gamma` and `beta`, which `torch.optim.Adam`
    does. In a group with that decay, with a learning rate of 0.01, the default
    `eps` and gradients of about 1, all parameters match PyTorch.
    """
    del pytorch, mindspore
    theirs = train_three_unnamed(
        lambda p: torch.optim.Adam(p, 0.01, weight_decay=0.5)
    )
    ours = train_three_named(
        lambda p: nn.AdamOffload(p, 0.01, weight_decay=0.5)
    )
    both = [row[0] for row in theirs]
    expect.close(both, [row[0] for row in ours], name="weight")
    plain = train_three_unnamed(
        lambda p: torch.optim.Adam(p, 0.01)
    )
    plain = [row[0] for row in plain]
    for i, name in ((1, "gamma"), (2, "beta")):
        skipped = [row[i] for row in ours]
        expect.apart(both, skipped, at_least=1e-4, name=name)
        expect.close(plain, skipped, name=f"{name}_undecayed")
    grouped = train_three_named(
        lambda p: nn.AdamOffload(
            [{"params": p, "weight_decay": 0.5}], 0.01
        )
    )
    expect.close(theirs, grouped, name="grouped")


def _make(kind, net, **options):
    return kind(net.trainable_params(), 0.01, **options)
