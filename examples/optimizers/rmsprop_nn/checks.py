import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore import nn, ops
from shared import (
    GRADIENTS,
    START,
    mindspore_weights,
    torch_weights,
)


def same_weights(pytorch, mindspore):
    """`mindspore.nn.RMSProp` whose mean squares are set to 0 before the first
    step, with its parameters in one group and `epsilon=1e-16`, the square of
    `eps`, and the other arguments of the example, matches
    `torch.optim.RMSprop` after each of the 60 steps, with gradients of about
    1.
    """
    expect.equal(60, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def mean_square_starts_at_one(pytorch, mindspore):
    """With a learning rate of 0.01, `decay=0.99`, `epsilon=1e-16` and
    gradients of about 1, an unmodified `mindspore.nn.RMSProp` differs from
    `torch.optim.RMSprop`, because its mean square starts at 1. A formula that
    starts there matches it after each of 60 steps; with the mean square set to
    0, it matches PyTorch.
    """
    options = {
        "learning_rate": 0.01,
        "decay": 0.99,
        "epsilon": 1e-16,
    }
    theirs = torch_weights(torch.optim.RMSprop)
    ours = mindspore_weights(lambda p: nn.RMSProp(p, **options))
    expect.apart(theirs, ours, at_least=0.1, name="apart")
    expect.close(
        _law(0.99, 1e-16, start=1.0), ours, name="law_from_one"
    )
    zeroed = mindspore_weights(
        lambda p: _zeroed(nn.RMSProp(p, **options))
    )
    expect.close(theirs, zeroed, name="from_zero")


def eps_inside_the_root(pytorch, mindspore):
    """With 0.1 for `epsilon` and PyTorch's `eps`, a learning rate of 0.01,
    `decay=0.99`, gradients of about 1 and the mean squares set to 0,
    `mindspore.nn.RMSProp` differs from `torch.optim.RMSprop`, because it adds
    `epsilon` inside the root. Over 60 steps, a formula that does so matches
    MindSpore after each step, and one that adds it to the root matches
    PyTorch.
    """
    ours = mindspore_weights(
        lambda p: _zeroed(nn.RMSProp(p, 0.01, 0.99, epsilon=0.1))
    )
    theirs = torch_weights(
        lambda p: torch.optim.RMSprop(p, eps=0.1)
    )
    expect.apart(theirs, ours, at_least=0.02, name="apart")
    expect.close(_law(0.99, 0.1), ours, name="inside")
    expect.close(
        _law(0.99, 0.1, inside=False), theirs, name="outside"
    )


def small_gradients(pytorch, mindspore):
    """In the example, with a learning rate of 0.01 and gradients
    of about 1e-4, `mindspore.nn.RMSProp` with its mean squares
    set to 0, `decay=0.99` and `epsilon=1e-16` differs by more
    than 1e-4 from `torch.optim.RMSprop` with the default `eps` in
    60 steps. The reason is that it adds `epsilon` inside the
    root: a formula that does so matches it after each of 60
    steps.
    """
    small = 1e-4 * GRADIENTS
    ours = mindspore_weights(
        lambda p: _zeroed(
            nn.RMSProp(p, 0.01, 0.99, epsilon=1e-16)
        ),
        small,
    )
    theirs = torch_weights(torch.optim.RMSprop, small)
    expect.apart(theirs, ours, at_least=1e-4, name="apart")
    formula = _law(0.99, 1e-16, gradients=small)
    expect.close(formula, ours, name="inside")


def zero_gradient(pytorch, mindspore):
    """With gradients of exactly 0, `mindspore.nn.RMSProp` with a learning rate
    of 0.01, `decay=0.99`, `epsilon=1e-15` and its mean squares set to 0 does
    not change the weights in 60 steps, and neither does `torch.optim.RMSprop`.
    """
    zero = 0 * GRADIENTS
    ours = mindspore_weights(
        lambda p: _zeroed(
            nn.RMSProp(p, 0.01, 0.99, epsilon=1e-15)
        ),
        zero,
    )
    theirs = torch_weights(torch.optim.RMSprop, zero)
    start = np.broadcast_to(START, GRADIENTS.shape)
    expect.close(start, theirs, name="pytorch")
    expect.close(start, ours, name="mindspore")


def tiny_constants_are_lost(pytorch, mindspore):
    """MindSpore's compiler sometimes treats the constants 1e-16 and 0.0 as
    equal. Of 200 functions that multiply 1e16 by 1e-16 and by 0.0, some give
    the same result for both; with 3e-16 none does.
    """
    number = ms.Tensor([1e16], ms.float32)

    def alike(tiny):
        def products(x):
            return x * tiny, x * 0.0

        found = []
        for _ in range(200):
            first, second = ms.jit(products)(number)
            found.append(first.item() == second.item())
        return sum(found)

    expect.equal(True, alike(1e-16) > 0, name="1e-16")
    expect.equal(0, alike(3e-16), name="3e-16")


def rate_inside_the_momentum(pytorch, mindspore):
    """With `momentum=0.9`, `decay=0.9`, `epsilon=1e-16`, gradients of about 1,
    its mean squares set to 0 and a learning rate that falls from 0.05 by 5 %
    at each step, `mindspore.nn.RMSProp` differs from `torch.optim.RMSprop`,
    because it multiplies each update by the learning rate of that step before
    adding it to the momentum. Over 60 steps, a formula that does so matches
    MindSpore after each step, and one that multiplies the momentum by the
    current learning rate matches PyTorch.
    """
    rates = [0.05 * 0.95**step for step in range(60)]
    ours = mindspore_weights(
        lambda p: _zeroed(nn.RMSProp(p, rates, 0.9, 0.9, 1e-16))
    )
    theirs = torch_weights(
        lambda p: _scheduled(
            torch.optim.RMSprop(
                p, lr=0.05, alpha=0.9, momentum=0.9
            )
        )
    )
    expect.apart(theirs, ours, at_least=0.1, name="apart")
    expect.close(
        _momentum_law(rates, rate_first=True),
        ours,
        name="rate_first",
    )
    expect.close(
        _momentum_law(rates, rate_first=False),
        theirs,
        name="rate_last",
    )


def falling_rate_without_momentum(pytorch, mindspore):
    """Without momentum, with gradients of about 1 and a learning rate that
    falls from 0.05 by 5 % at each step, `mindspore.nn.RMSProp`, with its mean
    squares set to 0, `decay=0.9` and `epsilon=1e-16`, matches
    `torch.optim.RMSprop` with `alpha=0.9` and `ExponentialLR`.
    """
    rates = [0.05 * 0.95**step for step in range(60)]
    ours = mindspore_weights(
        lambda p: _zeroed(
            nn.RMSProp(p, rates, 0.9, epsilon=1e-16)
        )
    )
    theirs = torch_weights(
        lambda p: _scheduled(
            torch.optim.RMSprop(p, lr=0.05, alpha=0.9)
        )
    )
    expect.close(theirs, ours, name="weights")


def other_defaults(pytorch, mindspore):
    """The default learning rate, `decay` and `epsilon` of
    `mindspore.nn.RMSProp` are 0.1, 0.9 and 1e-10. With gradients of about 1,
    its weights are the same with these values given, and differ from a formula
    with the 0.01, 0.99 and 1e-8 of `torch.optim.RMSprop` that has the start
    and the root of `mindspore.nn.RMSProp`.
    """
    ours = mindspore_weights(nn.RMSProp)
    named = mindspore_weights(
        lambda p: nn.RMSProp(p, 0.1, 0.9, 0.0, 1e-10)
    )
    expect.close(named, ours, tolerance=0.0, name="named")
    expect.apart(
        _law(0.99, 1e-8, start=1.0),
        ours,
        at_least=0.1,
        name="apart",
    )


def gamma_without_group(pytorch, mindspore):
    """Without groups and with gradients of about 1, `mindspore.nn.RMSProp`
    with its mean squares set to 0, a learning rate of 0.01, `decay=0.99`,
    `epsilon=1e-16` and `weight_decay=0.1` decays the parameter named `weight`
    as `torch.optim.RMSprop` does and does not decay the parameter named
    `gamma`.
    """
    theirs = torch_weights(
        lambda p: torch.optim.RMSprop(p, weight_decay=0.1)
    )
    ours = mindspore_weights(
        lambda p: _zeroed(
            nn.RMSProp(
                p, 0.01, 0.99, epsilon=1e-16, weight_decay=0.1
            )
        )
    )
    undecayed = torch_weights(torch.optim.RMSprop)
    expect.close(theirs[:, 0], ours[:, 0], name="weight")
    expect.apart(
        theirs[:, 1], ours[:, 1], at_least=1e-2, name="gamma"
    )
    expect.close(
        undecayed[:, 1], ours[:, 1], name="gamma_without_decay"
    )


def same_in_groups(pytorch, mindspore):
    """With a learning rate of 0.02 in one group and a weight decay of 0.3 in
    the other, `mindspore.nn.RMSProp` with its mean squares set to 0, a
    learning rate of 0.01 for the rest, `decay=0.99` and `epsilon=1e-16`
    matches `torch.optim.RMSprop` with the same groups, with gradients of about
    1.
    """
    theirs = torch_weights(
        lambda p: torch.optim.RMSprop(_groups(p))
    )
    ours = mindspore_weights(
        lambda p: _zeroed(
            nn.RMSProp(_groups(p), 0.01, 0.99, epsilon=1e-16)
        )
    )
    expect.close(theirs, ours, name="weights")


def loss_scale_divides(pytorch, mindspore):
    """With `loss_scale=1024.0`, gradients of about 1 multiplied by 1024, and a
    weight decay of 0.1 in one group, `mindspore.nn.RMSProp` with its mean
    squares set to 0, a learning rate of 0.01, `decay=0.99` and `epsilon=1e-16`
    matches `torch.optim.RMSprop` with the unscaled gradients.
    """
    theirs = torch_weights(
        lambda p: torch.optim.RMSprop(p, weight_decay=0.1)
    )
    ours = mindspore_weights(
        lambda p: _zeroed(
            nn.RMSProp(
                [{"params": p}],
                0.01,
                0.99,
                epsilon=1e-16,
                weight_decay=0.1,
                loss_scale=1024.0,
            )
        ),
        1024 * GRADIENTS,
    )
    expect.close(theirs, ours, name="weights")


def _zeroed(optimizer):
    for square in optimizer.ms:
        square.set_data(ops.zeros_like(square))
    return optimizer


def _scheduled(optimizer):
    scheduler = torch.optim.lr_scheduler.ExponentialLR(
        optimizer, 0.95
    )
    optimizer.register_step_post_hook(lambda *_: scheduler.step())
    return optimizer


def _groups(params):
    return [
        {"params": params[:1], "lr": 0.02},
        {"params": params[1:], "weight_decay": 0.3},
    ]


def _law(decay, eps, inside=True, start=0.0, gradients=GRADIENTS):
    weight, square = START.copy(), start
    rows = []
    for gradient in gradients:
        square = decay * square + (1 - decay) * gradient**2
        root = (
            np.sqrt(square + eps)
            if inside
            else np.sqrt(square) + eps
        )
        weight = weight - 0.01 * gradient / root
        rows.append(weight)
    return np.array(rows)


def _momentum_law(rates, rate_first):
    weight, square, moment = START.copy(), 0.0, 0.0
    rows = []
    for gradient, rate in zip(GRADIENTS, rates, strict=True):
        square = 0.9 * square + 0.1 * gradient**2
        move = gradient / np.sqrt(square)
        if rate_first:
            moment = 0.9 * moment + rate * move
            weight = weight - moment
        else:
            moment = 0.9 * moment + move
            weight = weight - rate * moment
        rows.append(weight)
    return np.array(rows)
