import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import loss_gradients, start_weights


def same_updates(pytorch, mindspore):
    """With only the learning rate given, here 0.01, and with `alpha=0.9` and
    `eps=1e-2` as well, `mindspore.experimental.optim.RMSprop` matches the
    weights of `torch.optim.RMSprop` after the 20 steps of the example. With
    `alpha=0.9` and `eps=1e-2`, both match the formula in which the mean square
    starts at 0 and `eps` is added to its root.
    """
    expect.close(pytorch.updated, mindspore.updated, name="both")
    law = _law(pytorch, mean_square=0.0, eps_in_the_root=False)
    expect.close(law, pytorch.updated, name="pytorch_law")
    expect.close(law, mindspore.updated, name="mindspore_law")
    theirs = pytorch.trained(
        lambda params: torch.optim.RMSprop(params, lr=0.01)
    )
    ours = mindspore.trained(
        lambda params: optim.RMSprop(params, lr=0.01)
    )
    expect.close(theirs, ours, name="defaults")


def same_with_all_options(pytorch, mindspore):
    """With a learning rate of 0.01, `alpha=0.9`, `eps=1e-2`, `momentum=0.9`,
    `centered=True` and `weight_decay=0.1`,
    `mindspore.experimental.optim.RMSprop` matches the weights of
    `torch.optim.RMSprop` after the 20 steps of the example.
    """
    expect.close(
        pytorch.with_all, mindspore.with_all, name="both"
    )


def nn_starts_at_one(pytorch, mindspore):
    """With gradients of about 1, a learning rate of 0.01, `decay=0.9` and
    `epsilon=1e-2`, `mindspore.nn.RMSProp` differs from `torch.optim.RMSprop`
    with the same settings after the 20 steps of the example: its mean square
    starts at 1 and it adds `epsilon` inside the root, and a formula that does
    both matches its weights.
    """
    expect.apart(
        pytorch.updated,
        mindspore.in_nn,
        at_least=0.05,
        name="apart",
    )
    law = _law(pytorch, mean_square=1.0, eps_in_the_root=True)
    expect.close(law, mindspore.in_nn, name="law")


def each_cause_counts(pytorch, mindspore):
    """With gradients of about 1, a learning rate of 0.01, `decay=0.9` and
    `epsilon=1e-2`, neither cause alone explains the weights of
    `mindspore.nn.RMSProp` after the 20 steps of the example. They differ from
    a formula whose mean square starts at 0 with `epsilon` inside the root, and
    from one that starts at 1 with `epsilon` outside.
    """
    at_zero = _law(pytorch, mean_square=0.0, eps_in_the_root=True)
    outside = _law(
        pytorch, mean_square=1.0, eps_in_the_root=False
    )
    ours = mindspore.in_nn
    expect.apart(
        at_zero, ours, at_least=0.01, name="start_at_zero"
    )
    expect.apart(
        outside, ours, at_least=1e-4, name="epsilon_outside"
    )


def other_names_and_defaults(pytorch, mindspore):
    """`mindspore.nn.RMSProp` is spelled with a capital P and has different
    defaults for three arguments: 0.1 for the learning rate, 0.9 for `decay`
    and 1e-10 for `epsilon`, whereas `torch.optim.RMSprop` has 0.01, 0.99 and
    1e-8.
    """
    del pytorch, mindspore
    theirs = inspect.signature(torch.optim.RMSprop).parameters
    names = ("lr", "alpha", "eps")
    values = [theirs[name].default for name in names]
    expect.equal([0.01, 0.99, 1e-8], values, name="pytorch")
    param = ms.Parameter(ms.Tensor([1.0]), name="param")
    optimizer = ms.nn.RMSProp([param])
    rate = float(optimizer.learning_rate.asnumpy())
    values = [round(rate, 6), optimizer.decay, optimizer.epsilon]
    expect.equal([0.1, 0.9, 1e-10], values, name="mindspore_nn")


def _law(side, mean_square, eps_in_the_root):
    lr, alpha, eps = 0.01, 0.9, 1e-2
    weights, squares = (
        start_weights(side),
        [mean_square, mean_square],
    )
    for _ in range(20):
        for i, gradient in enumerate(
            loss_gradients(side, weights)
        ):
            squares[i] = (
                alpha * squares[i] + (1 - alpha) * gradient**2
            )
            if eps_in_the_root:
                root = np.sqrt(squares[i] + eps)
            else:
                root = np.sqrt(squares[i]) + eps
            weights[i] = weights[i] - lr * gradient / root
    return weights
