# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = rng.normal(size=(16, 3)).astype(np.float32)
y = rng.normal(size=(16, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def model():
    return nn.Dense(
        3,
        2,
        weight_init=ms.Tensor(weight),
        bias_init=ms.Tensor(bias),
    )


# %%
def train(net, optimizer):
    def forward():
        error = net(ms.Tensor(x)) - ms.Tensor(y)
        return error.square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, net.trainable_params()
    )
    weights = []
    for _ in range(60):
        loss, grads = grad_fn()
        optimizer(grads)
        weights.append(
            [p.asnumpy().copy() for p in net.trainable_params()]
        )
    return weights


# %%
net = model()
optimizer = optim.ASGD(
    [
        {"params": [net.weight], "weight_decay": 0.1},
        {"params": [net.bias], "lr": 0.02, "t0": 30.0},
    ],
    lr=0.1,
    lambd=0.01,
    alpha=0.5,
    t0=20.0,
)
weights = train(net, optimizer)
averages = [average.asnumpy() for average in optimizer.ax]
print(weights[-1][1].round(4))
