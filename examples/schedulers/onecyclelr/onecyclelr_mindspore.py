# %% tags=["setup"]
import math

import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 1)).astype(np.float32))
weight = ms.Tensor(rng.normal(size=(1, 3)).astype(np.float32))
net = nn.Dense(3, 1, weight, bias_init="zeros")

# %%
optimizer = optim.SGD(
    [
        {"params": [net.weight]},
        {"params": [net.bias], "lr": 0.02},
    ],
    lr=0.1,
    momentum=0.9,
)
total_steps = 40


def cycle(step, start, peak, end):
    rise = 0.3 * total_steps - 1
    fall = total_steps - 1 - rise
    low = start if step <= rise else end
    part = (
        step / rise if step <= rise else 1 - (step - rise) / fall
    )
    return low + (peak - low) * (1 - math.cos(math.pi * part)) / 2


def momentum(step):
    value = ms.Tensor(cycle(step, 0.95, 0.85, 0.95), ms.float32)
    for group in optimizer.param_groups:
        group["momentum"] = value


scheduler = optim.lr_scheduler.LambdaLR(
    optimizer, lambda step: cycle(int(step), 1 / 25, 1, 1 / 25e4)
)
momentum(0)


# %%
def forward():
    return (net(x) - y).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
rates, momenta, weights = [], [], []
for step in range(40):
    loss, gradients = grad_fn()
    optimizer(gradients)
    scheduler.step()
    momentum(step + 1)
    momenta.append(optimizer.param_groups[0]["momentum"].item())
    rates.append(
        [rate.item() for rate in scheduler.get_last_lr()]
    )
    weights.append(
        [p.asnumpy().copy() for p in net.trainable_params()]
    )
print(np.round(rates[9::10], 5))
