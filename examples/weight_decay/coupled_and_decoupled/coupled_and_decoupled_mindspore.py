# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]


def train(make_optimizer):
    net = nn.Dense(3, 2, *map(ms.Tensor, start))
    params = net.trainable_params()
    optimizer = make_optimizer(params)

    def forward():
        return net(x).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    gradients, weights = [], []
    for step in range(3):
        loss, grads = grad_fn()
        optimizer(grads)
        gradients.append([g.asnumpy().copy() for g in grads])
        weights.append([p.asnumpy().copy() for p in params])
    print(weights[-1][1].round(4))
    return gradients, weights


# %%
adam = train(
    lambda params: nn.Adam(params, 0.1, weight_decay=0.5)
)

# %%
adamw = train(
    lambda params: optim.AdamW(params, 0.1, weight_decay=0.5)
)

# %%
adam_weight_decay = train(
    lambda params: nn.AdamWeightDecay(
        params, 0.1, eps=1e-8, weight_decay=0.5
    )
)
