# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

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
net = network()
optimizer = optim.AdamW(
    net.trainable_params(),
    lr=0.01,
    eps=1e-2,
    weight_decay=0.0,
    amsgrad=True,
)


def forward():
    return (net(x) - y).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
weights = []
for step in range(60):
    loss, gradients = grad_fn()
    gradients = tuple(
        gradient + 0.1 * param
        for gradient, param in zip(
            gradients, optimizer.parameters
        )
    )
    optimizer(gradients)
    weights.append(values(net))
print(weights[-1][1].round(4))
