# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(16, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(16, 2)).astype(np.float32))
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)

net = nn.Dense(3, 2, ms.Tensor(weight), ms.Tensor(bias))

# %%
optimizer = nn.RMSProp(
    [{"params": net.trainable_params()}],
    learning_rate=0.01,
    decay=0.95,
    epsilon=1e-16,
    weight_decay=0.1,
    momentum=0.5,
    centered=True,
)
for square in optimizer.ms:
    square.set_data(ops.zeros_like(square))


def forward():
    return (net(x) - y).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
weights = []
for step in range(60):
    loss, grads = grad_fn()
    optimizer(grads)
    weights.append(
        [p.asnumpy().copy() for p in optimizer.parameters]
    )
print(round(loss.item(), 4), weights[-1][1].round(4))
