import inspect

import numpy as np
import torch
from crosswalk import expect
from mindspore import nn
from shared import (
    average,
    follow_formula,
    make_with,
    train_mindspore,
    train_three_named,
    train_three_unnamed,
    train_torch,
)


def same_weights(pytorch, mindspore):
    """In the example, with the default `eps=1e-8`, a learning rate of 0.01,
    `weight_decay=0.1` and gradients of about 1, `mindspore.nn.AdaMax` matches
    `torch.optim.Adamax` after each of 60 steps, for the weight and the bias of
    an `nn.Dense`.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def eps_after_maximum(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, `eps=0.1` and gradients of
    about 1, `mindspore.nn.AdaMax` differs from `torch.optim.Adamax`: a formula
    that adds `eps` to the running maximum matches MindSpore, and one that adds
    it to each gradient before the maximum matches PyTorch.
    """
    theirs = train_torch(
        pytorch, make_with(torch.optim.Adamax, eps=0.1)
    )
    ours = train_mindspore(
        mindspore, make_with(nn.AdaMax, eps=0.1)
    )
    expect.apart(theirs, ours, at_least=5e-4, name="apart")
    expect.close(_adamax(pytorch, True), ours, name="eps_after")
    law = _adamax(pytorch, False)
    expect.close(law, theirs, name="eps_before")


def small_gradients(pytorch, mindspore):
    """In the example, with a learning rate of 0.01, the default `eps=1e-8` and
    gradients of about 1e-4, `mindspore.nn.AdaMax` matches `torch.optim.Adamax`
    to within 1e-5, not 1e-6, after each of 60 steps. With gradients of about
    1e-8 it differs by more than 1e-4.
    """
    for scale in (1e-4, 1e-8):
        theirs = train_torch(
            pytorch, make_with(torch.optim.Adamax), scale
        )
        ours = train_mindspore(
            mindspore, make_with(nn.AdaMax), sign=scale
        )
        if scale == 1e-4:
            expect.close(
                theirs, ours, tolerance=1e-5, name="1e-4"
            )
            expect.apart(
                theirs, ours, at_least=1e-6, name="1e-4_apart"
            )
        else:
            expect.apart(theirs, ours, at_least=1e-4, name="1e-8")


def other_default_rate(pytorch, mindspore):
    """The default learning rate is 0.001 in `mindspore.nn.AdaMax` and 0.002 in
    `torch.optim.Adamax`. In the example, with no argument and gradients of
    about 1, `mindspore.nn.AdaMax` matches `torch.optim.Adamax` with `lr=0.001`
    and differs from it with its default.
    """
    default = inspect.signature(torch.optim.Adamax).parameters[
        "lr"
    ]
    expect.equal(0.002, default.default, name="pytorch")
    ours = train_mindspore(
        mindspore, lambda net: nn.AdaMax(net.trainable_params())
    )
    theirs = train_torch(
        pytorch, make_with(torch.optim.Adamax, 0.001)
    )
    expect.close(theirs, ours, name="at_0_001")
    theirs = train_torch(
        pytorch, make_with(torch.optim.Adamax, 0.002)
    )
    expect.apart(theirs, ours, at_least=0.01, name="at_0_002")


def negated_loss_maximizes(pytorch, mindspore):
    """`mindspore.nn.AdaMax` has no `maximize`. With the loss negated, a
    learning rate of 0.01, the default `eps` and gradients of about 1, it
    matches `torch.optim.Adamax` with `maximize=True`, with and without
    `weight_decay=0.1`, for the weight and the bias of an `nn.Dense`.
    """
    expect.raises(
        TypeError,
        lambda: make_with(nn.AdaMax, maximize=True)(
            mindspore.network()
        ),
        match="maximize",
        name="argument",
    )
    for decay in (0.0, 0.1):
        options = {"weight_decay": decay}
        make = make_with(
            torch.optim.Adamax, maximize=True, **options
        )
        ours = train_mindspore(
            mindspore, make_with(nn.AdaMax, **options), sign=-1
        )
        expect.close(
            train_torch(pytorch, make),
            ours,
            name=f"decay_{decay}",
        )


def loss_scale_divides_the_gradient(pytorch, mindspore):
    """With `loss_scale=1024.0`, a learning rate of 0.01, the default `eps`,
    gradients of about 1, a loss multiplied by 1024 and `weight_decay=0.1`,
    `mindspore.nn.AdaMax` matches `torch.optim.Adamax` for the weight and the
    bias of an `nn.Dense`. In the example, with a plain loss, the same learning
    rate and no weight decay, it matches only to within 1e-4 in 60 steps.
    """
    decayed = make_with(torch.optim.Adamax, weight_decay=0.1)
    make = make_with(
        nn.AdaMax, weight_decay=0.1, loss_scale=1024.0
    )
    ours = train_mindspore(mindspore, make, sign=1024)
    expect.close(
        train_torch(pytorch, decayed), ours, name="scaled_loss"
    )
    ours = train_mindspore(
        mindspore, make_with(nn.AdaMax, loss_scale=1024.0)
    )
    theirs = train_torch(pytorch, make_with(torch.optim.Adamax))
    expect.apart(theirs, ours, at_least=2e-6, name="plain_loss")
    expect.close(theirs, ours, tolerance=1e-4, name="small")


def second_group(pytorch, mindspore):
    """With a learning rate of 0.02 in one group, a weight decay of 0.1 in the
    other, a learning rate of 0.01 for the rest, the default `eps` and
    gradients of about 1, `mindspore.nn.AdaMax` matches `torch.optim.Adamax`
    after each of 60 steps.
    """

    def groups(net):
        return [
            {"params": [net.weight], "lr": 0.02},
            {"params": [net.bias], "weight_decay": 0.1},
        ]

    expect.close(
        train_torch(
            pytorch, lambda n: torch.optim.Adamax(groups(n), 0.01)
        ),
        train_mindspore(
            mindspore, lambda n: nn.AdaMax(groups(n), 0.01)
        ),
        name="both",
    )


def beta_in_the_name_skips_decay(pytorch, mindspore):
    """Without groups, `mindspore.nn.AdaMax` with `weight_decay=0.5` does not
    decay parameters named `gamma` and `beta`, which `torch.optim.Adamax` does.
    In a group with that decay, with a learning rate of 0.01, the default `eps`
    and gradients of about 1, all parameters match PyTorch.
    """
    del pytorch, mindspore
    theirs = train_three_unnamed(
        lambda p: torch.optim.Adamax(p, 0.01, weight_decay=0.5)
    )
    ours = train_three_named(
        lambda p: nn.AdaMax(p, 0.01, weight_decay=0.5)
    )
    both = [row[0] for row in theirs]
    expect.close(both, [row[0] for row in ours], name="weight")
    plain = train_three_unnamed(
        lambda p: torch.optim.Adamax(p, 0.01)
    )
    plain = [row[0] for row in plain]
    for i, name in ((1, "gamma"), (2, "beta")):
        skipped = [row[i] for row in ours]
        expect.apart(both, skipped, at_least=1e-4, name=name)
        expect.close(plain, skipped, name=f"{name}_undecayed")
    grouped = train_three_named(
        lambda p: nn.AdaMax(
            [{"params": p, "weight_decay": 0.5}], 0.01
        )
    )
    expect.close(theirs, grouped, name="grouped")


def _adamax(side, after):
    lr, eps, beta1, beta2 = 0.01, 0.1, 0.9, 0.999

    def update(step, state, weight, gradient):
        del weight
        mean = average(state, "mean", beta1, gradient)
        largest = np.abs(gradient) + (0 if after else eps)
        largest = np.maximum(
            beta2 * state.get("largest", 0.0), largest
        )
        state["largest"] = largest
        largest = largest + (eps if after else 0)
        return -lr / (1 - beta1**step) * mean / largest

    return follow_formula(side, update)
