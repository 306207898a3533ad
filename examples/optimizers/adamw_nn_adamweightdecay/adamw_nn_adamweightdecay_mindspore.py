# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops
from mindspore.nn.learning_rate_schedule import (
    LearningRateSchedule,
)

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 2)).astype(np.float32))
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def network():
    return nn.Dense(3, 2, ms.Tensor(weight), ms.Tensor(bias))


def values(net):
    return [p.asnumpy().copy() for p in net.trainable_params()]


# %%
def corrections(global_step):
    step = ops.cast(global_step, ms.float32) + 1
    root = ops.sqrt(1 - ops.pow(0.999, step))
    return 1 - ops.pow(0.9, step), root


class CorrectedRate(LearningRateSchedule):
    def construct(self, global_step):
        first, root = corrections(global_step)
        return 0.01 * root / first


class CorrectedDecay(nn.Cell):
    def construct(self, global_step):
        first, root = corrections(global_step)
        return 0.1 * first / root


# %%
net = network()
optimizer = nn.AdamWeightDecay(
    net.trainable_params(),
    learning_rate=CorrectedRate(),
    eps=1e-2,
    weight_decay=CorrectedDecay(),
)
optimizer.eps = ms.Parameter(optimizer.eps, name="eps")


def forward():
    return (net(x) - y).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
weights = []
for step in range(60):
    loss, gradients = grad_fn()
    correction = (1 - 0.999 ** (step + 1)) ** 0.5
    optimizer.eps.copy_(
        ms.Tensor([1e-2 * correction], ms.float32)
    )
    optimizer(gradients)
    weights.append(values(net))
print(weights[-1][1].round(4))
