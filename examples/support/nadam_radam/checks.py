import functools
import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim
from shared import loss_gradients, start_weights


def nadam(pytorch, mindspore):
    """With only the learning rate given, here 0.01, and with `eps=1e-2` as
    well, `mindspore.experimental.optim.NAdam` matches the weights of
    `torch.optim.NAdam` after the 20 steps of the example; with `eps=1e-2`, it
    also matches the formula computed with NumPy.
    """
    expect.close(pytorch.nadam, mindspore.nadam, name="both")
    expect.close(_nadam(pytorch), mindspore.nadam, name="law")
    _same_defaults("NAdam", pytorch, mindspore)


def radam(pytorch, mindspore):
    """With only the learning rate given, here 0.01, and with `eps=1e-2` as
    well, `mindspore.experimental.optim.RAdam` matches the weights of
    `torch.optim.RAdam` after the 20 steps of the example; with `eps=1e-2`, it
    also matches the formula computed with NumPy.
    """
    expect.close(pytorch.radam, mindspore.radam, name="both")
    expect.close(_radam(pytorch), mindspore.radam, name="law")
    _same_defaults("RAdam", pytorch, mindspore)


def with_weight_decay(pytorch, mindspore):
    """With a learning rate of 0.01 and `weight_decay=0.1` (and
    `momentum_decay=0.1` for `NAdam`), `NAdam` and `RAdam` of
    `mindspore.experimental.optim` match the weights of their namesakes in
    `torch.optim` after the 20 steps of the example.
    """
    pairs = (
        ("nadam", pytorch.nadam_decayed, mindspore.nadam_decayed),
        ("radam", pytorch.radam_decayed, mindspore.radam_decayed),
    )
    for name, theirs, ours in pairs:
        expect.close(theirs, ours, name=name)


def newer_arguments(pytorch, mindspore):
    """`NAdam` and `RAdam` of `torch.optim` have the arguments
    `decoupled_weight_decay` and `maximize`, which raise a `TypeError` as
    arguments of `NAdam` and `RAdam` of `mindspore.experimental.optim`.
    """
    del pytorch, mindspore
    param = ms.Parameter(ms.Tensor([1.0]), name="param")
    for name in ("NAdam", "RAdam"):
        theirs = inspect.signature(
            getattr(torch.optim, name)
        ).parameters
        for option in ("decoupled_weight_decay", "maximize"):
            key = f"{name}_{option}"
            expect.equal(
                True, option in theirs, name=f"{key}_pytorch"
            )
            ours = getattr(optim, name)
            call = functools.partial(
                ours, [param], **{option: True}
            )
            expect.raises(TypeError, call, match=option, name=key)


def _same_defaults(name, pytorch, mindspore):
    theirs = pytorch.trained(
        lambda params: getattr(torch.optim, name)(params, lr=0.01)
    )
    ours = mindspore.trained(
        lambda params: getattr(optim, name)(params, lr=0.01)
    )
    expect.close(theirs, ours, name="defaults")


def _nadam(side, lr=0.01, eps=1e-2, decay=4e-3):
    beta1, beta2 = 0.9, 0.999
    weights, product = start_weights(side), 1.0
    means, squares = [0.0, 0.0], [0.0, 0.0]
    for step in range(1, 21):
        now = beta1 * (1 - 0.5 * 0.96 ** (step * decay))
        later = beta1 * (1 - 0.5 * 0.96 ** ((step + 1) * decay))
        product *= now
        for i, gradient in enumerate(
            loss_gradients(side, weights)
        ):
            means[i] = beta1 * means[i] + (1 - beta1) * gradient
            squares[i] = (
                beta2 * squares[i] + (1 - beta2) * gradient**2
            )
            root = np.sqrt(squares[i] / (1 - beta2**step)) + eps
            move = (1 - now) / (1 - product) * gradient
            move = move + later / (1 - product * later) * means[i]
            weights[i] = weights[i] - lr * move / root
    return weights


def _radam(side, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-2):
    weights, longest = start_weights(side), 2 / (1 - beta2) - 1
    means, squares = [0.0, 0.0], [0.0, 0.0]
    for step in range(1, 21):
        length = longest - 2 * step * beta2**step / (
            1 - beta2**step
        )
        top = (length - 4) * (length - 2) * longest
        bottom = (longest - 4) * (longest - 2) * length
        for i, gradient in enumerate(
            loss_gradients(side, weights)
        ):
            means[i] = beta1 * means[i] + (1 - beta1) * gradient
            squares[i] = (
                beta2 * squares[i] + (1 - beta2) * gradient**2
            )
            move = means[i] / (1 - beta1**step)
            if length > 5:
                root = np.sqrt(squares[i]) + eps
                move = (
                    move
                    * np.sqrt(top / bottom * (1 - beta2**step))
                    / root
                )
            weights[i] = weights[i] - lr * move
    return weights
