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
    train_torch,
    train_two_named,
)


def same_weights(pytorch, mindspore):
    """With the arguments of the example, `mindspore.nn.AdamWeightDecay`
    matches `torch.optim.AdamW` after each of 60 steps, for the weight and the
    bias of an `nn.Dense`, with three changes: a schedule multiplies the
    learning rate by `sqrt(1 - beta2 ** t) / (1 - beta1 ** t)`, the weight
    decay is divided by the same factor, and `eps` is multiplied by `sqrt(1 -
    beta2 ** t)` in each step.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(pytorch.weights, mindspore.weights, name="both")


def same_with_tiny_eps(pytorch, mindspore):
    """With `eps=1e-8` in both, a learning rate of 0.01 and a weight decay of
    0.1, two schedules are enough, one that multiplies the learning rate by
    `sqrt(1 - beta2 ** t) / (1 - beta1 ** t)` and one that divides the weight
    decay by it: `mindspore.nn.AdamWeightDecay` matches `torch.optim.AdamW` to
    within 1e-5 after each of 60 steps, with gradients of about 1, for the
    weight and the bias of an `nn.Dense`.
    """
    theirs = train_torch(
        pytorch,
        make_with(torch.optim.AdamW, eps=1e-8, weight_decay=0.1),
    )
    ours = train_mindspore(
        mindspore,
        make_with(
            nn.AdamWeightDecay,
            mindspore.CorrectedRate(),
            eps=1e-8,
            weight_decay=mindspore.CorrectedDecay(),
        ),
    )
    expect.close(theirs, ours, name="both")


def no_bias_correction(pytorch, mindspore):
    """In the example, without schedules that correct it,
    `mindspore.nn.AdamWeightDecay` with a learning rate of 0.01, `eps=1e-8` and
    `weight_decay=0.1` differs from `torch.optim.AdamW`: it has no bias
    correction for either moment, and a formula without these corrections
    matches it to within 1e-5.
    """
    options = {"eps": 1e-8, "weight_decay": 0.1}
    theirs = train_torch(
        pytorch, make_with(torch.optim.AdamW, **options)
    )
    ours = train_mindspore(
        mindspore, make_with(nn.AdamWeightDecay, **options)
    )
    expect.apart(theirs, ours, at_least=0.5, name="apart")
    law = _adamw(pytorch, corrected=False)
    expect.close(law, ours, tolerance=1e-5, name="uncorrected")
    law = _adamw(pytorch, corrected=True)
    expect.close(law, theirs, name="pytorch_law")


def other_defaults(pytorch, mindspore):
    """The defaults differ: `mindspore.nn.AdamWeightDecay` has `eps=1e-6` and
    `weight_decay=0.0`, `torch.optim.AdamW` has `eps=1e-8` and
    `weight_decay=0.01`.
    """
    del pytorch, mindspore
    for kind, expected in (
        (nn.AdamWeightDecay, [1e-6, 0.0]),
        (torch.optim.AdamW, [1e-8, 1e-2]),
    ):
        signature = inspect.signature(kind).parameters
        found = [
            signature[name].default
            for name in ("eps", "weight_decay")
        ]
        expect.equal(expected, found, name=kind.__name__)


def missing_arguments(pytorch, mindspore):
    """`mindspore.nn.AdamWeightDecay` has no `amsgrad` and no `maximize`, nor
    the `loss_scale` of `mindspore.nn.Adam`. With schedules that put the bias
    correction into the learning rate and take it out of the weight decay, a
    learning rate of 0.01, a weight decay of 0.1, `eps=1e-8`, gradients of
    about 1 and the loss negated, it matches `torch.optim.AdamW` with
    `maximize=True` to within 1e-5.
    """
    names = inspect.signature(nn.AdamWeightDecay).parameters
    for name in ("amsgrad", "maximize", "loss_scale"):
        expect.equal(False, name in names, name=name)
    theirs = train_torch(
        pytorch,
        make_with(
            torch.optim.AdamW, weight_decay=0.1, maximize=True
        ),
    )
    ours = train_mindspore(
        mindspore,
        make_with(
            nn.AdamWeightDecay,
            mindspore.CorrectedRate(),
            eps=1e-8,
            weight_decay=mindspore.CorrectedDecay(),
        ),
        sign=-1,
    )
    expect.close(theirs, ours, tolerance=1e-5, name="maximized")


def beta_in_the_name_skips_decay(pytorch, mindspore):
    """Without groups, `mindspore.nn.AdamWeightDecay` with a learning rate of
    0.01 and `weight_decay=0.5` does not decay a parameter named `beta`: it is
    updated as without a decay. In a group with that decay it is updated as a
    parameter named `weight`.
    """
    del pytorch, mindspore
    ours = train_two_named(
        lambda p: nn.AdamWeightDecay(p, 0.01, weight_decay=0.5)
    )
    plain = train_two_named(lambda p: nn.AdamWeightDecay(p, 0.01))
    beta = [pair[1] for pair in ours]
    expect.close([pair[1] for pair in plain], beta, name="beta")
    decayed = [pair[0] for pair in ours]
    expect.apart(decayed, beta, at_least=0.01, name="weight")
    grouped = train_two_named(
        lambda p: nn.AdamWeightDecay(
            [{"params": p, "weight_decay": 0.5}], 0.01
        )
    )
    for i, name in enumerate(("weight", "beta")):
        found = [pair[i] for pair in grouped]
        expect.close(decayed, found, name=f"grouped_{name}")


def _adamw(side, corrected):
    beta1, beta2 = 0.9, 0.999

    def update(step, state, weight, gradient):
        mean = average(state, "mean", beta1, gradient)
        square = average(state, "square", beta2, gradient**2)
        if corrected:
            mean = mean / (1 - beta1**step)
            square = square / (1 - beta2**step)
        move = mean / (np.sqrt(square) + 1e-8)
        return -0.01 * (move + 0.1 * weight)

    return follow_formula(side, update)
