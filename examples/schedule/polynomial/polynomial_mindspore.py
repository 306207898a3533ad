# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
batches = ms.Tensor(rng.normal(size=(6, 8, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

net = nn.Dense(3, 1, weight_init=ms.Tensor(start), has_bias=False)

# %%
schedule = nn.PolynomialDecayLR(
    learning_rate=0.1,
    end_learning_rate=0.01,
    decay_steps=4,
    power=0.5,
)
optimizer = nn.Momentum(
    net.trainable_params(), learning_rate=schedule, momentum=0.9
)

# %%
grad_fn = ms.value_and_grad(
    lambda x: net(x).square().mean(), None, optimizer.parameters
)
rates, weights = [], []
for x in batches:
    loss, gradients = grad_fn(x)
    rates.append(optimizer.get_lr().item())
    optimizer(gradients)
    weights.append(net.weight.asnumpy().copy())
print([round(rate, 4) for rate in rates])
print(net.weight.asnumpy().round(4))
