# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
batches = ms.Tensor(rng.normal(size=(4, 8, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

net = nn.Dense(3, 1, weight_init=ms.Tensor(start), has_bias=False)

# %%
optimizer = optim.SGD(
    net.trainable_params(), lr=0.1, momentum=0.9
)
scheduler = optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)

# %%
grad_fn = ms.value_and_grad(
    lambda x: net(x).square().mean(), None, optimizer.parameters
)
rates, weights = [], []
for epoch in range(3):
    for x in batches:
        loss, gradients = grad_fn(x)
        optimizer(gradients)
        weights.append(net.weight.asnumpy().copy())
    rates += [rate.item() for rate in scheduler.get_last_lr()]
    scheduler.step()
    print(
        f"epoch {epoch}: rate {rates[-1]:.4f}",
        weights[-1].round(4),
    )
