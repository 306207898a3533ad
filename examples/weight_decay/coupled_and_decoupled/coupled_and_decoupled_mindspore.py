# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def train(make_optimizer):
    net = nn.Dense(
        3, 1, weight_init=ms.Tensor(start), has_bias=False
    )
    optimizer = make_optimizer(net.trainable_params())

    def forward():
        return net(x).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    gradients, weights = [], []
    for step in range(3):
        loss, grads = grad_fn()
        optimizer(grads)
        gradients.append(grads[0].asnumpy().copy())
        weights.append(net.weight.asnumpy().copy())
    print(weights[-1].round(4))
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
