import inspect

import numpy as np
import torch
from crosswalk import expect
from mindspore import nn
from mindspore.experimental import optim

# as the kernels keep them: 1 - 0.999 is 0.00099999 in float32
_BETA1, _BETA2 = (
    float(np.float32(beta)) for beta in (0.9, 0.999)
)


def adam_is_coupled(pytorch, mindspore):
    """For the weight and the bias of a dense layer, `torch.optim.Adam` and
    `mindspore.nn.Adam` add the weight decay times the weight to the gradient
    before the moments (coupled, or L2, decay). In the example, with a learning
    rate of 0.1, a weight decay of 0.5, the default `eps` and gradients of
    about 1, they match after each of three steps.
    """
    law = _adam(pytorch, pytorch.adam[0], coupled=0.5)
    expect.close(law, pytorch.adam[1], name="pytorch")
    expect.close(law, mindspore.adam[1], name="mindspore")
    expect.close(pytorch.adam[1], mindspore.adam[1], name="both")


def adamw_is_decoupled(pytorch, mindspore):
    """`torch.optim.AdamW` and `mindspore.experimental.optim.AdamW` subtract
    the product of learning rate, weight decay and weight from the weight,
    apart from the moments (decoupled decay). In the example, with a learning
    rate of 0.1, a weight decay of 0.5 and the default `eps`, they match after
    each of three steps.
    """
    law = _adam(pytorch, pytorch.adamw[0], decoupled=0.5)
    expect.close(law, pytorch.adamw[1], name="pytorch")
    expect.close(law, mindspore.adamw[1], name="mindspore")
    expect.close(
        pytorch.adamw[1], mindspore.adamw[1], name="both"
    )


def the_two_differ(pytorch, mindspore):
    """In the example, for nonzero weights of a dense layer and a learning rate
    of 0.1, coupled and decoupled weight decay of 0.5 give different weights
    after each of three steps, both with `Adam` and `AdamW` of `torch.optim`
    and with `mindspore.nn.Adam` and `mindspore.experimental.optim.AdamW`.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        steps = zip(side.adam[1], side.adamw[1], strict=True)
        for step, pair in enumerate(steps, 1):
            expect.apart(
                *pair, at_least=0.04, name=f"{name}_{step}"
            )


def adam_weight_decay_is_not_adamw(pytorch, mindspore):
    """`mindspore.nn.AdamWeightDecay` differs from `torch.optim.AdamW`: its
    decay is decoupled, but it leaves out the bias correction of the moments.
    In the example, with the default betas and gradients much larger than
    `eps`, its first step, not counting the decay, changes a weight by the
    square root of 10, about 3.16, times the learning rate, to within 1e-5.
    `torch.optim.AdamW` changes it by the learning rate.
    """
    law = _adam(
        mindspore,
        mindspore.adam_weight_decay[0],
        decoupled=0.5,
        corrected=False,
    )
    weights = mindspore.adam_weight_decay[1]
    expect.close(law, weights, name="law")
    expect.apart(
        pytorch.adamw[1], weights, at_least=0.1, name="adamw"
    )
    ratio = (1 - _BETA1) / (1 - _BETA2) ** 0.5
    for start, first, ours in zip(
        mindspore.start,
        pytorch.adamw[1][0],
        weights[0],
        strict=True,
    ):
        decayed = start * (1 - 0.1 * 0.5)
        once = decayed + 0.1 * np.sign(first - decayed)
        expect.close(once, first, name="pytorch_moved")
        more = decayed + 0.1 * ratio * np.sign(first - decayed)
        expect.close(more, ours, name="moved")
    expect.close(10**0.5, ratio, tolerance=1e-5, name="ratio")


def defaults(pytorch, mindspore):
    """`weight_decay` is 0.01 by default in `torch.optim.AdamW` and
    `mindspore.experimental.optim.AdamW`, and 0 in
    `mindspore.nn.AdamWeightDecay`, whose `eps` is 1e-6 by default instead
    of 1e-8.
    """
    for name, kind, decay, eps in (
        ("pytorch", torch.optim.AdamW, 0.01, 1e-8),
        ("experimental", optim.AdamW, 0.01, 1e-8),
        ("adam_weight_decay", nn.AdamWeightDecay, 0.0, 1e-6),
    ):
        expect.equal(
            decay, _default(kind, "weight_decay"), name=name
        )
        expect.equal(
            eps, _default(kind, "eps"), name=f"{name}_eps"
        )


def _default(kind, name):
    return (
        inspect.signature(kind.__init__).parameters[name].default
    )


def _adam(
    side, gradients, coupled=0.0, decoupled=0.0, corrected=True
):
    values = [value.astype(np.float64) for value in side.start]
    first, second, weights = [0.0, 0.0], [0.0, 0.0], []
    for step, pair in enumerate(gradients, 1):
        power = step if corrected else np.inf
        for i, gradient in enumerate(pair):
            slope = gradient + coupled * values[i]
            first[i] = _BETA1 * first[i] + (1 - _BETA1) * slope
            second[i] = (
                _BETA2 * second[i] + (1 - _BETA2) * slope**2
            )
            mean = first[i] / (1 - _BETA1**power)
            square = second[i] / (1 - _BETA2**power)
            update = mean / (np.sqrt(square) + 1e-8)
            decay = decoupled * values[i]
            values[i] = values[i] - 0.1 * (update + decay)
        weights.append(list(values))
    return weights
