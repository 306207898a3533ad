# %% tags=["setup"]
import math
from itertools import accumulate
from operator import mul

import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
batches = rng.normal(size=(4, 8, 3)).astype(np.float32)
targets = rng.normal(size=(4, 8, 1)).astype(np.float32)
start = rng.normal(size=(1, 3)).astype(np.float32)
batches, targets = ms.Tensor(batches), ms.Tensor(targets)


def build(learning_rate):
    net = nn.Dense(3, 1, ms.Tensor(start), bias_init="zeros")
    return net, nn.SGD(
        net.trainable_params(), learning_rate, momentum=0.9
    )


def update(net, optimizer, step):
    def forward(x, y):
        return (net(x) - y).square().mean()

    x, y = batches[step % 4], targets[step % 4]
    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    loss, gradients = grad_fn(x, y)
    optimizer(gradients)
    return loss.item()


# %%
def train(learning_rates):
    net, optimizer = build(learning_rates)
    rates, weights = [], []
    for step in range(40):
        rates.append(optimizer.get_lr().item())
        update(net, optimizer, step)
        weights.append(
            [p.asnumpy().copy() for p in net.trainable_params()]
        )
    print([round(rate, 3) for rate in rates[::5]])
    return rates, weights


# %%
def factor(step):
    return step / (step + 1)


steps = range(40)
factors = [factor(step) for step in steps[1:]]
multiplicative = train(
    list(accumulate(factors, mul, initial=0.1))
)
chained = train(
    [0.1 * (0.5 if i < 8 else 1) * 0.95**i for i in steps]
)
cyclic = train(
    [0.01 + 0.09 * (1 - abs(i / 6 % 2 - 1)) for i in steps]
)


# %%
def cosine(first, last, length):
    return [
        last
        + (first - last)
        * (1 + math.cos(math.pi * i / length))
        / 2
        for i in range(length)
    ]


restarts = train(
    cosine(0.1, 0.01, 8)
    + cosine(0.1, 0.01, 16)
    + cosine(0.1, 0.01, 32)
)
warmup = [0.1 * (0.1 + 0.9 * i / 8) for i in range(8)]
sequential = train(warmup + cosine(0.1, 0.0, 32))
one_cycle = train(
    cosine(0.004, 0.1, 11) + cosine(0.1, 4e-7, 28) + [4e-7]
)

# %%
net, optimizer = build(0.1)
best, bad_steps = float("inf"), 0
rates, weights = [], []
for step in range(40):
    rates.append(optimizer.learning_rate.item())
    loss = update(net, optimizer, step)
    if loss < best * (1 - 1e-4):
        best, bad_steps = loss, 0
    else:
        bad_steps += 1
    if bad_steps > 3:
        rate = ms.Tensor(rates[-1] * 0.5, ms.float32)
        optimizer.learning_rate.copy_(rate)
        bad_steps = 0
    weights.append(
        [p.asnumpy().copy() for p in net.trainable_params()]
    )
print([round(rate, 3) for rate in rates[::5]])
plateau = rates, weights
