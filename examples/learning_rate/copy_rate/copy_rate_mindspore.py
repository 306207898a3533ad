# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(6, 3)).astype(np.float32))
start = rng.normal(size=(2, 3)).astype(np.float32)

net = ms.nn.Dense(
    3, 2, weight_init=ms.Tensor(start), bias_init="zeros"
)


def forward():
    return net(x).square().mean()


def train(steps):
    for _ in range(steps):
        _, gradients = grad_fn()
        optimizer(gradients)
        scheduler.step()


# %%
optimizer = optim.AdamW(net.trainable_params(), lr=0.1)
scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
train(3)

optimizer.param_groups[0]["lr"].copy_(ms.Tensor(0.02))
train(5)

weights = [p.asnumpy() for p in net.trainable_params()]
rate = optimizer.param_groups[0]["lr"].asnumpy().item()
print(round(rate, 6))
