# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(16, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(16, 2)).astype(np.float32))
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = np.zeros(2, np.float32)


def started():
    return nn.Dense(3, 2, ms.Tensor(weight), ms.Tensor(bias))


def train(net, step):
    def forward():
        return (net(x) - y).square().mean()

    params = net.trainable_params()
    grad_fn = ms.value_and_grad(
        forward, None, ms.ParameterTuple(params)
    )
    weights = []
    for _ in range(60):
        loss, grads = grad_fn()
        step(grads)
        weights.append([p.asnumpy().copy() for p in params])
    print(round(loss.item(), 4), weights[-1][1].round(4))
    return weights


# %%
net = started()
optimizer = nn.AdaFactor(
    net.trainable_params(),
    learning_rate=0.02,
    eps=(1e-30, 1e-2),
    clip_threshold=1.1,
    decay_rate=0.7,
    beta1=0.0,
    relative_step=False,
)
weights = train(net, optimizer)

# %%
net = started()
optimizer = nn.AdaFactor(
    net.trainable_params(),
    learning_rate=0.02,
    beta1=0.0,
    relative_step=False,
)


def step_and_decay(grads):
    before = [p.copy() for p in optimizer.parameters]
    optimizer(grads)
    for p, old in zip(optimizer.parameters, before):
        p.copy_(p - 0.02 * 0.1 * old)


decayed = train(net, step_and_decay)
