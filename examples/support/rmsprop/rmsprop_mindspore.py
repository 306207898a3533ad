# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = rng.normal(size=(8, 3)).astype(np.float32)
y = rng.normal(size=(8, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def trained(make):
    net = nn.Dense(3, 2, ms.Tensor(weight), ms.Tensor(bias))
    optimizer = make(net.trainable_params())

    def loss_fn():
        return (net(ms.Tensor(x)) - ms.Tensor(y)).square().mean()

    grad_fn = ms.value_and_grad(
        loss_fn, None, optimizer.parameters
    )
    for _ in range(20):
        loss, gradients = grad_fn()
        optimizer(gradients)
    return [p.asnumpy() for p in net.trainable_params()]


# %%
updated = trained(
    lambda params: optim.RMSprop(
        params, lr=0.01, alpha=0.9, eps=1e-2
    )
)
print(updated[1].round(4))

# %%
with_all = trained(
    lambda params: optim.RMSprop(
        params,
        lr=0.01,
        alpha=0.9,
        eps=1e-2,
        weight_decay=0.1,
        momentum=0.9,
        centered=True,
    )
)
print(with_all[1].round(4))

# %%
in_nn = trained(
    lambda params: nn.RMSProp(
        params, learning_rate=0.01, decay=0.9, epsilon=1e-2
    )
)
print(in_nn[1].round(4))
