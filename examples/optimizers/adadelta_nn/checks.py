import numpy as np
import torch
from crosswalk import expect
from mindspore import nn
from shared import (
    GRADIENTS,
    START,
    mindspore_weights,
    torch_weights,
)


def same_weights(pytorch, mindspore):
    """With its parameters in one group and the arguments of the example,
    `mindspore.nn.Adadelta` matches `torch.optim.Adadelta` after each of the 60
    steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def same_with_defaults(pytorch, mindspore):
    """With no argument but the parameters and gradients of about 1,
    `mindspore.nn.Adadelta` matches `torch.optim.Adadelta` after each of 60
    steps.
    """
    expect.close(
        torch_weights(torch.optim.Adadelta),
        mindspore_weights(nn.Adadelta),
        name="weights",
    )


def same_law(pytorch, mindspore):
    """`torch.optim.Adadelta` and `mindspore.nn.Adadelta` both add `eps` inside
    the two roots, to the mean square of the gradients and to the mean square
    of the updates. With `eps=0.1`, the other defaults and gradients of about
    1, a formula that does so matches both after each of 60 steps.
    """
    law = _law(eps=0.1)
    theirs = torch_weights(
        lambda p: torch.optim.Adadelta(p, eps=0.1)
    )
    ours = mindspore_weights(
        lambda p: nn.Adadelta(p, epsilon=0.1)
    )
    expect.close(law, theirs, name="pytorch")
    expect.close(law, ours, name="mindspore")


def gamma_without_group(pytorch, mindspore):
    """Without groups, with gradients of about 1 and 1e-3 for `epsilon` and
    PyTorch's `eps`, `mindspore.nn.Adadelta` with `weight_decay=0.1` decays the
    parameter named `weight` as `torch.optim.Adadelta` does and does not decay
    the parameter named `gamma`.
    """
    theirs = torch_weights(
        lambda p: torch.optim.Adadelta(
            p, eps=1e-3, weight_decay=0.1
        )
    )
    ours = mindspore_weights(
        lambda p: nn.Adadelta(p, epsilon=1e-3, weight_decay=0.1)
    )
    undecayed = torch_weights(
        lambda p: torch.optim.Adadelta(p, eps=1e-3)
    )
    expect.close(theirs[:, 0], ours[:, 0], name="weight")
    expect.apart(
        theirs[:, 1], ours[:, 1], at_least=1e-2, name="gamma"
    )
    expect.close(
        undecayed[:, 1], ours[:, 1], name="gamma_without_decay"
    )


def same_in_groups(pytorch, mindspore):
    """With a learning rate of 0.5 in one group and a weight decay of 0.3 in
    the other, with gradients of about 1 and 1e-3 for `epsilon` and PyTorch's
    `eps`, `mindspore.nn.Adadelta` matches `torch.optim.Adadelta` with the same
    groups.
    """
    theirs = torch_weights(
        lambda p: torch.optim.Adadelta(
            [
                {"params": p[:1], "lr": 0.5},
                {"params": p[1:], "weight_decay": 0.3},
            ],
            eps=1e-3,
        )
    )
    ours = mindspore_weights(
        lambda p: nn.Adadelta(
            [
                {"params": p[:1], "lr": 0.5},
                {"params": p[1:], "weight_decay": 0.3},
            ],
            epsilon=1e-3,
        )
    )
    expect.close(theirs, ours, name="weights")


def rho_is_not_a_group_key(pytorch, mindspore):
    """A group of `mindspore.nn.Adadelta` with `rho` or `epsilon`
    raises `KeyError`.
    """
    for key in ("rho", "epsilon"):
        expect.raises(
            KeyError,
            lambda key=key: mindspore_weights(
                lambda p: nn.Adadelta([{"params": p, key: 0.5}])
            ),
            match="the key in group params must be one of",
            name=key,
        )


def maximize_by_sign(pytorch, mindspore):
    """`mindspore.nn.Adadelta` raises `TypeError` for `maximize`. With
    gradients of about 1 negated and 1e-3 for `epsilon` and PyTorch's `eps`, it
    matches `torch.optim.Adadelta` with `maximize=True`, both without weight
    decay and in a group with `weight_decay=0.1`.
    """
    expect.raises(
        TypeError,
        lambda: mindspore_weights(
            lambda p: nn.Adadelta(p, maximize=True)
        ),
        match="maximize",
        name="argument",
    )
    for decay in (0.0, 0.1):
        options = {"eps": 1e-3, "weight_decay": decay}
        theirs = torch_weights(
            lambda p, options=options: torch.optim.Adadelta(
                p, maximize=True, **options
            )
        )
        ours = mindspore_weights(
            lambda p, decay=decay: nn.Adadelta(
                [{"params": p, "weight_decay": decay}],
                epsilon=1e-3,
            ),
            -GRADIENTS,
        )
        expect.close(theirs, ours, name=f"decay_{decay}")


def loss_scale_divides(pytorch, mindspore):
    """With `loss_scale=1024.0`, gradients of about 1 multiplied by 1024 and a
    weight decay of 0.1 with all parameters in one group, and 1e-3 for
    `epsilon` and PyTorch's `eps`, `mindspore.nn.Adadelta` matches
    `torch.optim.Adadelta` with the unscaled gradients.
    """
    theirs = torch_weights(
        lambda p: torch.optim.Adadelta(
            p, eps=1e-3, weight_decay=0.1
        )
    )
    ours = mindspore_weights(
        lambda p: nn.Adadelta(
            [{"params": p}],
            epsilon=1e-3,
            weight_decay=0.1,
            loss_scale=1024.0,
        ),
        1024 * GRADIENTS,
    )
    expect.close(theirs, ours, name="weights")


def _law(eps, rho=0.9):
    weight, square, update = START.copy(), 0.0, 0.0
    rows = []
    for gradient in GRADIENTS:
        square = rho * square + (1 - rho) * gradient**2
        move = (
            np.sqrt(update + eps)
            / np.sqrt(square + eps)
            * gradient
        )
        update = rho * update + (1 - rho) * move**2
        weight = weight - move
        rows.append(weight)
    return np.array(rows)
