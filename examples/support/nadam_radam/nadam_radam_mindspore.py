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
nadam = trained(
    lambda params: optim.NAdam(params, lr=0.01, eps=1e-2)
)
radam = trained(
    lambda params: optim.RAdam(params, lr=0.01, eps=1e-2)
)
print(nadam[1].round(4), radam[1].round(4))

# %%
nadam_decayed = trained(
    lambda params: optim.NAdam(
        params, lr=0.01, weight_decay=0.1, momentum_decay=0.1
    )
)
radam_decayed = trained(
    lambda params: optim.RAdam(params, lr=0.01, weight_decay=0.1)
)
print(nadam_decayed[1].round(4), radam_decayed[1].round(4))
