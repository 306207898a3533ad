# %% tags=["setup"]
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
scheduler = optim.lr_scheduler.LambdaLR(
    optimizer,
    [lambda epoch: 0.95**epoch, lambda epoch: 1 / (1 + epoch)],
)


# %%
def forward():
    return (net(x) - y).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
rates, weights = [], []
for step in range(40):
    loss, gradients = grad_fn()
    optimizer(gradients)
    scheduler.step()
    rates.append(
        [rate.item() for rate in scheduler.get_last_lr()]
    )
    weights.append(
        [p.asnumpy().copy() for p in net.trainable_params()]
    )
print(np.round(rates[9::10], 5))
