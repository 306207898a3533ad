import functools

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import loss_gradients, start_weights


def same_updates(pytorch, mindspore):
    """After 20 steps, with the default `eps` and with `eps=1e-2`, the weights
    of `mindspore.experimental.optim.Adagrad` are those of
    `torch.optim.Adagrad`; with `eps=1e-2` both are those of the law: the
    accumulator starts at 0 and `eps` is added to its root.
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
    """With `eps=1e-2`, `lr_decay=0.1`, `weight_decay=0.1` and
    `initial_accumulator_value=0.1`, the weights of
    `mindspore.experimental.optim.Adagrad` after 20 steps are those of
    `torch.optim.Adagrad`.
    """
    expect.close(
        pytorch.with_all, mindspore.with_all, name="both"
    )


def nn_accumulator_starts_at_a_tenth(pytorch, mindspore):
    """With only the learning rate given, here 0.1, and gradients of about 1,
    the weights of `mindspore.nn.Adagrad` after 20 steps are not those of
    `torch.optim.Adagrad`: its accumulator starts at 0.1, and a law that starts
    there gives its weights.
    """
    theirs, ours = pytorch.usual_eps, mindspore.usual_accum
    expect.apart(theirs, ours, at_least=0.005, name="apart")
    expect.close(_law(pytorch, 0.1, eps=0.0), ours, name="law")


def nn_with_accum_zero(pytorch, mindspore):
    """With `accum=0.0` the weights of `mindspore.nn.Adagrad` after 20 steps
    are those of `torch.optim.Adagrad` with its default `eps` of 1e-10, with
    gradients of about 1; with the same loss multiplied by 1e-5 they differ on
    CPU.
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
    """`mindspore.nn.Adagrad` takes no argument for an epsilon: `eps` and
    `epsilon` raise `TypeError`; here its weights with `accum=0.0` are those
    of the law without epsilon, not those of `torch.optim.Adagrad` with
    `eps=1e-2`.
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
    """Where the gradient is 0, `mindspore.nn.Adagrad` with `accum=0.0` and
    without weight decay leaves the weight as it is on CPU, as
    `torch.optim.Adagrad` does.
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
