import numpy as np
import torch
from crosswalk import expect
from mindspore import mint, nn
from mindspore.experimental import optim
from shared import loss_gradients, start_weights


def same_updates(pytorch, mindspore):
    """With a learning rate of 0.01, `mindspore.experimental.optim.AdamW` with
    `weight_decay=0.0` matches the weights of `torch.optim.Adam` after the 20
    steps of the example, with the default `eps` and with `eps=1e-2`. With
    `eps=1e-2`, both match the formula in which `eps` is added after the bias
    correction of the second moment. With the default `eps`, the match also
    holds for the loss multiplied by 1e-5.
    """
    expect.close(pytorch.updated, mindspore.updated, name="both")
    law = _adam(pytorch, eps_after_correction=True)
    expect.close(law, pytorch.updated, name="pytorch_law")
    expect.close(law, mindspore.updated, name="mindspore_law")
    ours = mindspore.trained(
        lambda params: optim.AdamW(
            params, lr=0.01, weight_decay=0.0
        )
    )
    expect.close(pytorch.usual_eps, ours, name="usual_eps")
    theirs = pytorch.trained(
        lambda params: torch.optim.Adam(params, lr=0.01), 1e-5
    )
    ours = mindspore.trained(
        lambda params: optim.AdamW(
            params, lr=0.01, weight_decay=0.0
        ),
        scale=1e-5,
    )
    expect.close(theirs, ours, name="small")


def same_with_weight_decay(pytorch, mindspore):
    """With a learning rate of 0.01 and `weight_decay=0.1`,
    `mindspore.mint.optim.Adam` in a function compiled with `@ms.jit` matches
    the weights of `torch.optim.Adam` after the 20 steps of the example, with
    the default `eps` and with `eps=1e-2`. With `eps=1e-2`, both match the
    formula that adds `weight_decay * weight` to the gradient.
    """
    expect.close(pytorch.decayed, mindspore.decayed, name="both")
    law = _adam(
        pytorch, eps_after_correction=True, weight_decay=0.1
    )
    expect.close(law, pytorch.decayed, name="pytorch_law")
    options = {"lr": 0.01, "weight_decay": 0.1}
    theirs = pytorch.trained(
        lambda params: torch.optim.Adam(params, **options)
    )
    ours = mindspore.trained(
        lambda params: mint.optim.Adam(params, **options),
        jit=True,
    )
    expect.close(theirs, ours, name="usual_eps")


def usual_eps_hides_it(pytorch, mindspore):
    """With a learning rate of 0.01, the default `eps=1e-8` and gradients of
    about 1, `mindspore.nn.Adam` matches the weights of `torch.optim.Adam`
    after the 20 steps of the example; with the same loss multiplied by 1e-5,
    it differs.
    """
    expect.close(
        pytorch.usual_eps, mindspore.usual_eps, name="both"
    )
    theirs = pytorch.trained(
        lambda params: torch.optim.Adam(params, lr=0.01), 1e-5
    )
    ours = mindspore.trained(
        lambda params: nn.Adam(params, learning_rate=0.01),
        scale=1e-5,
    )
    expect.apart(theirs, ours, at_least=0.01, name="small")


def nn_adds_eps_earlier(pytorch, mindspore):
    """With a learning rate of 0.01, `eps=1e-2` and gradients of about 1,
    `mindspore.nn.Adam` differs from `torch.optim.Adam` after the 20 steps of
    the example, because it adds `eps` before the bias correction of the second
    moment, as a formula that matches it does. With the loss multiplied by 1e6,
    the same `eps` does not matter, and the weights match.
    """
    expect.apart(
        pytorch.updated,
        mindspore.in_nn,
        at_least=0.01,
        name="apart",
    )
    law = _adam(pytorch, eps_after_correction=False)
    expect.close(law, mindspore.in_nn, name="law")
    ours = mindspore.trained(
        lambda params: nn.Adam(
            params, learning_rate=0.01, eps=1e-2
        ),
        scale=1e6,
    )
    expect.close(_large_loss(pytorch), ours, name="large_loss")


def experimental_adds_eps_earlier(pytorch, mindspore):
    """With a learning rate of 0.01, `eps=1e-2` and gradients of about 1,
    `mindspore.experimental.optim.Adam` differs from `torch.optim.Adam` after
    the 20 steps of the example, and follows the same formula as
    `mindspore.nn.Adam`: `eps` before the bias correction. With the loss
    multiplied by 1e6, the same `eps` does not matter, and the weights match.
    """
    theirs, ours = pytorch.updated, mindspore.in_experimental
    expect.apart(theirs, ours, at_least=0.01, name="apart")
    law = _adam(pytorch, eps_after_correction=False)
    expect.close(law, ours, name="law")
    ours = mindspore.trained(
        lambda params: optim.Adam(params, lr=0.01, eps=1e-2),
        scale=1e6,
    )
    expect.close(_large_loss(pytorch), ours, name="large_loss")


def same_amsgrad(pytorch, mindspore):
    """With `amsgrad=True`, `mindspore.experimental.optim.AdamW` with
    `weight_decay=0.0` matches the weights of `torch.optim.Adam` after the 20
    steps of the example. This was run with `lr=0.01` and the default `betas`,
    and with `lr=0.1` and `betas=(0.9, 0.9)`.
    """
    expect.close(pytorch.amsgrad, mindspore.amsgrad, name="both")
    options = {"lr": 0.01, "amsgrad": True}
    theirs = pytorch.trained(
        lambda params: torch.optim.Adam(params, **options)
    )
    ours = mindspore.trained(
        lambda params: optim.AdamW(
            params, weight_decay=0.0, **options
        )
    )
    expect.close(theirs, ours, name="usual_betas")


def amsgrad_is_ignored(pytorch, mindspore):
    """`mindspore.experimental.optim.Adam` accepts `amsgrad=True` but ignores
    it: after the 20 steps of the example with `lr=0.1` and `betas=(0.9, 0.9)`,
    its weights differ from `torch.optim.Adam` with `amsgrad=True`, and match
    the formula without it.
    """
    theirs, ours = pytorch.amsgrad, mindspore.ignored
    expect.apart(theirs, ours, at_least=0.01, name="apart")
    law = _adam(pytorch, True, eps=1e-8, lr=0.1, beta2=0.9)
    expect.close(law, ours, name="law_without_amsgrad")


def _large_loss(pytorch):
    return pytorch.trained(
        lambda params: torch.optim.Adam(
            params, lr=0.01, eps=1e-2
        ),
        1e6,
    )


def _adam(side, eps_after_correction, **options):
    eps, lr = options.get("eps", 1e-2), options.get("lr", 0.01)
    beta2 = options.get("beta2", 0.999)
    weight_decay = options.get("weight_decay", 0.0)
    weights, beta1 = start_weights(side), 0.9
    means, squares = [0.0, 0.0], [0.0, 0.0]
    for step in range(1, 21):
        gradients = loss_gradients(side, weights)
        for i, gradient in enumerate(gradients):
            gradient = gradient + weight_decay * weights[i]
            means[i] = beta1 * means[i] + (1 - beta1) * gradient
            squares[i] = (
                beta2 * squares[i] + (1 - beta2) * gradient**2
            )
            correction = np.sqrt(1 - beta2**step)
            if eps_after_correction:
                root = np.sqrt(squares[i]) / correction + eps
            else:
                root = (np.sqrt(squares[i]) + eps) / correction
            move = means[i] / (1 - beta1**step) / root
            weights[i] = weights[i] - lr * move
    return weights
