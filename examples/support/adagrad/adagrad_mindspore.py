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


def trained(make, scale=1.0):
    net = nn.Dense(3, 2, ms.Tensor(weight), ms.Tensor(bias))
    optimizer = make(net.trainable_params())

    def loss_fn():
        error = net(ms.Tensor(x)) - ms.Tensor(y)
        return scale * error.square().mean()

    grad_fn = ms.value_and_grad(
        loss_fn, None, optimizer.parameters
    )
    for _ in range(20):
        loss, gradients = grad_fn()
        optimizer(gradients)
    return [p.asnumpy() for p in net.trainable_params()]


# %%
updated = trained(
    lambda params: optim.Adagrad(params, lr=0.1, eps=1e-2)
)
print(updated[1].round(4))

# %%
with_all = trained(
    lambda params: optim.Adagrad(
        params,
        lr=0.1,
        lr_decay=0.1,
        weight_decay=0.1,
        initial_accumulator_value=0.1,
        eps=1e-2,
    )
)
print(with_all[1].round(4))

# %%
usual_eps = trained(
    lambda params: nn.Adagrad(
        params, learning_rate=0.1, accum=0.0
    )
)
usual_accum = trained(
    lambda params: nn.Adagrad(params, learning_rate=0.1)
)
print(usual_eps[1].round(4), usual_accum[1].round(4))

# %%
unused = ms.Parameter(ms.Tensor([1.0, 2.0]), name="unused")
optimizer = nn.Adagrad([unused], learning_rate=0.1, accum=0.0)
optimizer((ms.Tensor([0.0, 0.5]),))
unused = unused.asnumpy()
print(unused.round(4))
