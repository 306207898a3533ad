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
    """With `accum=0.0`, its parameters in one group,
    `mindspore.nn.InverseDecayLR` for `lr_decay`, the other arguments of the
    example and gradients of about 1, `mindspore.nn.Adagrad` matches
    `torch.optim.Adagrad` after each of the 60 steps.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def accumulator_starts_at_a_tenth(pytorch, mindspore):
    """With only the learning rate given, here 0.1, and gradients of about 1,
    `mindspore.nn.Adagrad` differs from `torch.optim.Adagrad`, because its
    accumulator starts at 0.1. It matches `torch.optim.Adagrad` with
    `initial_accumulator_value=0.1` after each of 60 steps.
    """
    ours = mindspore_weights(
        lambda p: nn.Adagrad(p, learning_rate=0.1)
    )
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1)
    )
    expect.apart(theirs, ours, at_least=1e-2, name="default")
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(
            p, lr=0.1, initial_accumulator_value=0.1
        )
    )
    expect.close(theirs, ours, name="start_at_a_tenth")


def default_rate_is_a_tenth(pytorch, mindspore):
    """The default learning rate of `mindspore.nn.Adagrad` is
    0.001, a tenth of the 0.01 of `torch.optim.Adagrad`. With
    `accum=0.0` and gradients of about 1, it matches
    `torch.optim.Adagrad` with `lr=0.001` and differs from it with
    its default.
    """
    ours = mindspore_weights(lambda p: nn.Adagrad(p, accum=0.0))
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.001)
    )
    expect.close(theirs, ours, name="with_lr_0.001")
    theirs = torch_weights(torch.optim.Adagrad)
    expect.apart(theirs, ours, at_least=1e-2, name="default")


def second_argument_is_the_accumulator(pytorch, mindspore):
    """The second positional argument of `mindspore.nn.Adagrad` is `accum`.
    `mindspore.nn.Adagrad(params, 0.1)` raises no error and trains with
    `accum=0.1` and the default learning rate of 0.001. With gradients of about
    1, it differs from `torch.optim.Adagrad(params, 0.1)`.
    """
    ours = mindspore_weights(lambda p: nn.Adagrad(p, 0.1))
    named = mindspore_weights(
        lambda p: nn.Adagrad(p, accum=0.1, learning_rate=0.001)
    )
    expect.close(named, ours, tolerance=0.0, name="named")
    theirs = torch_weights(lambda p: torch.optim.Adagrad(p, 0.1))
    expect.apart(theirs, ours, at_least=0.1, name="apart")


def fixed_epsilon(pytorch, mindspore):
    """`mindspore.nn.Adagrad` has no argument for epsilon; on CPU it adds a
    fixed 1e-8 inside the root. With gradients of the size of 1e-4, `accum=0.0`
    and a learning rate of 0.1, it differs from `torch.optim.Adagrad` with the
    default `eps` and with 1e-8, and matches a formula with 1e-8 inside the
    root after each of 60 steps.
    """
    small = 1e-4 * GRADIENTS
    ours = mindspore_weights(
        lambda p: nn.Adagrad(p, 0.0, 0.1), small
    )
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1), small
    )
    expect.apart(theirs, ours, at_least=1e-2, name="default_eps")
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1, eps=1e-8), small
    )
    expect.apart(theirs, ours, at_least=1e-2, name="eps_1e-8")
    expect.close(_law(small, inside=1e-8), ours, name="law")
    for name in ("eps", "epsilon"):
        expect.raises(
            TypeError,
            lambda name=name: mindspore_weights(
                lambda p: nn.Adagrad(p, **{name: 1e-2})
            ),
            match=name,
            name=name,
        )


def large_eps(pytorch, mindspore):
    """With gradients of about 1 and a learning rate of 0.1,
    `mindspore.nn.Adagrad` with `accum=0.0` differs from `torch.optim.Adagrad`
    with `eps=0.1`. A formula with this learning rate and 0.1 added to the root
    matches PyTorch.
    """
    ours = mindspore_weights(lambda p: nn.Adagrad(p, 0.0, 0.1))
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1, eps=0.1)
    )
    expect.apart(theirs, ours, at_least=5e-3, name="apart")
    expect.close(_law(GRADIENTS, added=0.1), theirs, name="law")


def small_gradients_scaled_up(pytorch, mindspore):
    """With gradients of the size of 1e-4, the first ones not below 1e-5, a
    learning rate of 0.1 and no weight decay, multiply the gradients by 2**20
    before the step. `mindspore.nn.Adagrad` with `accum=0.0` then matches
    `torch.optim.Adagrad` to within 1e-5 after each of 60 steps.
    """
    small = 1e-4 * GRADIENTS
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1), small
    )
    ours = mindspore_weights(
        lambda p: nn.Adagrad(p, 0.0, 0.1), 2**20 * small
    )
    expect.close(theirs, ours, tolerance=1e-5, name="weights")


def update_slots_is_ignored(pytorch, mindspore):
    """On CPU, `mindspore.nn.Adagrad` ignores `update_slots=False`, which
    should keep the accumulator constant. With `accum=1.0` and a learning rate
    of 0.1, the weights are the same as with `update_slots=True`, and differ
    from plain gradient descent, which a constant accumulator would give.
    """
    ours = mindspore_weights(
        lambda p: nn.Adagrad(p, 1.0, 0.1, update_slots=False)
    )
    updated = mindspore_weights(lambda p: nn.Adagrad(p, 1.0, 0.1))
    expect.close(updated, ours, tolerance=0.0, name="updated")
    constant = torch_weights(lambda p: torch.optim.SGD(p, lr=0.1))
    expect.apart(constant, ours, at_least=0.1, name="constant")


def gamma_without_group(pytorch, mindspore):
    """Without groups and with gradients of about 1, `mindspore.nn.Adagrad`
    with `accum=0.0`, a learning rate of 0.1 and `weight_decay=0.1` decays the
    parameter named `weight` as `torch.optim.Adagrad` does, to within 1e-5, and
    does not decay the parameter named `gamma`.
    """
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1, weight_decay=0.1)
    )
    ours = mindspore_weights(
        lambda p: nn.Adagrad(p, 0.0, 0.1, weight_decay=0.1)
    )
    undecayed = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1)
    )
    expect.close(theirs[:, 0], ours[:, 0], name="weight")
    expect.apart(
        theirs[:, 1], ours[:, 1], at_least=1e-2, name="gamma"
    )
    expect.close(
        undecayed[:, 1], ours[:, 1], name="gamma_without_decay"
    )


def same_in_groups(pytorch, mindspore):
    """With gradients of about 1, a learning rate of 0.5 in one group and a
    weight decay of 0.3 in the other, `mindspore.nn.Adagrad` with `accum=0.0`
    and its own learning rate of 0.1 matches `torch.optim.Adagrad` with the
    same groups to within 1e-5.
    """
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(_groups(p), lr=0.1)
    )
    ours = mindspore_weights(
        lambda p: nn.Adagrad(_groups(p), 0.0, 0.1)
    )
    expect.close(theirs, ours, name="weights")


def loss_scale_divides(pytorch, mindspore):
    """With `accum=0.0`, a learning rate of 0.1, `loss_scale=1024.0`, gradients
    of about 1 multiplied by 1024 and a weight decay of 0.1 in one group,
    `mindspore.nn.Adagrad` matches `torch.optim.Adagrad` with the unscaled
    gradients to within 1e-5.
    """
    theirs = torch_weights(
        lambda p: torch.optim.Adagrad(p, lr=0.1, weight_decay=0.1)
    )
    ours = mindspore_weights(
        lambda p: nn.Adagrad(
            [{"params": p}],
            0.0,
            0.1,
            loss_scale=1024.0,
            weight_decay=0.1,
        ),
        1024 * GRADIENTS,
    )
    expect.close(theirs, ours, name="weights")


def _groups(params):
    return [
        {"params": params[:1], "lr": 0.5},
        {"params": params[1:], "weight_decay": 0.3},
    ]


def _law(gradients, inside=0.0, added=0.0):
    weight, accumulator = START.copy(), 0.0
    rows = []
    for gradient in gradients:
        accumulator = accumulator + gradient**2
        root = np.sqrt(accumulator + inside) + added
        weight = weight - 0.1 * gradient / root
        rows.append(weight)
    return np.array(rows)
