# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import mint, nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = rng.normal(size=(8, 3)).astype(np.float32)
y = rng.normal(size=(8, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def trained(make, jit=False, scale=1.0):
    net = nn.Dense(3, 2, ms.Tensor(weight), ms.Tensor(bias))
    optimizer = make(net.trainable_params())

    def loss_fn():
        error = net(ms.Tensor(x)) - ms.Tensor(y)
        return scale * error.square().mean()

    grad_fn = ms.value_and_grad(
        loss_fn, None, optimizer.parameters
    )

    def step():
        loss, gradients = grad_fn()
        optimizer(gradients)
        return loss

    step = ms.jit(step) if jit else step
    for _ in range(20):
        step()
    return [p.asnumpy() for p in net.trainable_params()]


# %%
updated = trained(
    lambda params: optim.AdamW(
        params, lr=0.01, eps=1e-2, weight_decay=0.0
    )
)
print(updated[1].round(4))

# %%
decayed = trained(
    lambda params: mint.optim.Adam(
        params, lr=0.01, eps=1e-2, weight_decay=0.1
    ),
    jit=True,
)
print(decayed[1].round(4))

# %%
usual_eps = trained(
    lambda params: nn.Adam(params, learning_rate=0.01)
)
print(usual_eps[1].round(4))

# %%
amsgrad = trained(
    lambda params: optim.AdamW(
        params,
        lr=0.1,
        betas=(0.9, 0.9),
        amsgrad=True,
        weight_decay=0.0,
    )
)
print(amsgrad[1].round(4))

# %%
in_nn = trained(
    lambda params: nn.Adam(params, learning_rate=0.01, eps=1e-2)
)
in_experimental = trained(
    lambda params: optim.Adam(params, lr=0.01, eps=1e-2)
)
print(in_nn[1].round(4), in_experimental[1].round(4))

# %%
ignored = trained(
    lambda params: optim.Adam(
        params, lr=0.1, betas=(0.9, 0.9), amsgrad=True
    )
)
print(ignored[1].round(4))
