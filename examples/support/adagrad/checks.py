import functools

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import loss_gradients, start_weights


def same_updates(pytorch, mindspore):
    """With a learning rate of 0.1, `mindspore.experimental.optim.Adagrad`
    matches the weights of `torch.optim.Adagrad` after the 20 steps of the
    example, with the default `eps` and with `eps=1e-2`. With `eps=1e-2`, both
    match the formula in which the accumulator starts at 0 and `eps` is added
    to its root.
    """
    expect.close(pytorch.updated, mindspore.updated, name="both")
    law = _law(pytorch, accumulator=0.0, eps=1e-2)
    expect.close(law, pytorch.updated, name="pytorch_law")
    expect.close(law, mindspore.updated, name="mindspore_law")
    ours = mindspore.trained(
        lambda params: optim.Adagrad(params, lr=0.1)
    )
    expect.close(pytorch.usual_eps, ours, name="defaults")


def same_with_all_options(pytorch, mindspore):
    """With a learning rate of 0.1, `eps=1e-2`, `lr_decay=0.1`,
    `weight_decay=0.1` and `initial_accumulator_value=0.1`,
    `mindspore.experimental.optim.Adagrad` matches the weights of
    `torch.optim.Adagrad` after the 20 steps of the example.
    """
    expect.close(
        pytorch.with_all, mindspore.with_all, name="both"
    )


def nn_accumulator_starts_at_a_tenth(pytorch, mindspore):
    """With only the learning rate given, here 0.1, and gradients of about 1,
    `mindspore.nn.Adagrad` differs from `torch.optim.Adagrad` after the 20
    steps of the example, because its accumulator starts at 0.1: a formula that
    starts there matches its weights.
    """
    theirs, ours = pytorch.usual_eps, mindspore.usual_accum
    expect.apart(theirs, ours, at_least=0.005, name="apart")
    expect.close(_law(pytorch, 0.1, eps=0.0), ours, name="law")


def nn_with_accum_zero(pytorch, mindspore):
    """With a learning rate of 0.1 and `accum=0.0`, `mindspore.nn.Adagrad`
    matches the weights of `torch.optim.Adagrad` with its default `eps` of
    1e-10 after the 20 steps of the example; with the same loss multiplied by
    1e-5, it differs on CPU.
    """
    expect.close(
        pytorch.usual_eps, mindspore.usual_eps, name="both"
    )
    theirs = pytorch.trained(
        lambda params: torch.optim.Adagrad(params, lr=0.1), 1e-5
    )
    ours = mindspore.trained(
        lambda params: ms.nn.Adagrad(
            params, learning_rate=0.1, accum=0.0
        ),
        scale=1e-5,
    )
    expect.apart(theirs, ours, at_least=0.1, name="small")


def nn_has_no_eps(pytorch, mindspore):
    """`mindspore.nn.Adagrad` has no argument for an epsilon: the arguments
    `eps` and `epsilon` raise a `TypeError`. With a learning rate of 0.1,
    `accum=0.0` and gradients of about 1, its weights after the 20 steps of the
    example match the formula without epsilon, and differ from
    `torch.optim.Adagrad` with `eps=1e-2`.
    """
    param = ms.Parameter(ms.Tensor([1.0]), name="param")
    for name in ("eps", "epsilon"):
        call = functools.partial(
            ms.nn.Adagrad, [param], **{name: 1e-2}
        )
        expect.raises(TypeError, call, match=name, name=name)
    ours = mindspore.usual_eps
    expect.close(_law(pytorch, 0.0, eps=0.0), ours, name="law")
    expect.apart(
        pytorch.updated, ours, at_least=1e-3, name="apart"
    )


def zero_gradient_moves_nothing(pytorch, mindspore):
    """On CPU, the first step of `mindspore.nn.Adagrad` with `accum=0.0` and
    without weight decay does not change a weight whose gradient is 0. Neither
    does that of `torch.optim.Adagrad` with its default `eps`.
    """
    expect.close(
        [1.0, 1.9], pytorch.unused.tolist(), name="pytorch"
    )
    expect.close(
        [1.0, 1.9], mindspore.unused.tolist(), name="mindspore_nn"
    )


def _law(side, accumulator, eps, lr=0.1):
    weights, accumulators = (
        start_weights(side),
        [accumulator, accumulator],
    )
    for _ in range(20):
        for i, gradient in enumerate(
            loss_gradients(side, weights)
        ):
            accumulators[i] = accumulators[i] + gradient**2
            root = np.sqrt(accumulators[i]) + eps
            weights[i] = weights[i] - lr * gradient / root
    return weights
