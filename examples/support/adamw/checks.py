import numpy as np
from crosswalk import expect
from shared import loss_gradients, start_weights


def same_updates(pytorch, mindspore):
    """With a learning rate of 0.01, `eps=1e-2` and `weight_decay=0.1`,
    `mindspore.experimental.optim.AdamW` matches the weights of
    `torch.optim.AdamW` after the 20 steps of the example. Both match the
    formula: each step subtracts `lr * weight_decay * weight` from the weight,
    and the decay does not enter the gradient or the moments.
    """
    expect.close(pytorch.updated, mindspore.updated, name="both")
    law = _law(pytorch, corrected=True)
    expect.close(law, pytorch.updated, name="pytorch_law")
    expect.close(law, mindspore.updated, name="mindspore_law")


def same_defaults(pytorch, mindspore):
    """With only the learning rate given, here 0.01,
    `mindspore.experimental.optim.AdamW` matches the weights of
    `torch.optim.AdamW` after the 20 steps of the example.
    """
    expect.close(
        pytorch.usual_eps, mindspore.usual_eps, name="both"
    )


def adam_weight_decay_has_no_correction(pytorch, mindspore):
    """With a learning rate of 0.01, `eps=1e-2`, `weight_decay=0.1` and
    gradients of about 1, `mindspore.nn.AdamWeightDecay` differs strongly from
    `torch.optim.AdamW` after the 20 steps of the example: it decays in the
    same way but leaves out both bias corrections. A formula without them (with
    `1 - beta2` rounded to float32) matches its weights.
    """
    expect.apart(
        pytorch.updated,
        mindspore.in_nn,
        at_least=0.1,
        name="apart",
    )
    law = _law(pytorch, corrected=False)
    expect.close(law, mindspore.in_nn, name="law")


def adam_decays_through_the_gradient(pytorch, mindspore):
    """With a learning rate of 0.01, `eps=1e-2` and `weight_decay=0.1`,
    `mindspore.nn.Adam` differs from `torch.optim.AdamW` after the 20 steps of
    the example. A formula that adds `weight_decay * weight` to the gradient,
    and `eps` before the bias correction, matches its weights.
    """
    expect.apart(
        pytorch.updated, mindspore.l2, at_least=0.01, name="apart"
    )
    law = _law(pytorch, corrected=True, decoupled=False)
    expect.close(law, mindspore.l2, name="law")


def _law(side, corrected, decoupled=True):
    lr, eps, decay = 0.01, 1e-2, 0.1
    weights, beta1, beta2 = start_weights(side), 0.9, 0.999
    means, squares = [0.0, 0.0], [0.0, 0.0]
    share = 1 - beta2
    if not corrected:
        # The kernel subtracts in single precision: 0.00100005, not 0.001.
        # A bias correction would cancel that.
        share = float(np.float32(1) - np.float32(beta2))
    for step in range(1, 21):
        gradients = loss_gradients(side, weights)
        first = 1 - beta1**step if corrected else 1.0
        second = np.sqrt(1 - beta2**step) if corrected else 1.0
        for i, gradient in enumerate(gradients):
            shrink = decay * weights[i] if decoupled else 0.0
            if not decoupled:
                gradient = gradient + decay * weights[i]
            means[i] = beta1 * means[i] + (1 - beta1) * gradient
            squares[i] = beta2 * squares[i] + share * gradient**2
            root = np.sqrt(squares[i])
            root = (
                root / second + eps
                if decoupled
                else (root + eps) / second
            )
            weights[i] = weights[i] - lr * (
                means[i] / first / root + shrink
            )
    return weights
