# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
batches = ms.Tensor(rng.normal(size=(4, 8, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

net = nn.Dense(3, 1, weight_init=ms.Tensor(start), has_bias=False)

# %%
rates = nn.exponential_decay_lr(
    0.1, 0.5, total_step=12, step_per_epoch=4, decay_epoch=1
)
optimizer = nn.SGD(
    net.trainable_params(), learning_rate=rates, momentum=0.9
)

# %%
grad_fn = ms.value_and_grad(
    lambda x: net(x).square().mean(), None, optimizer.parameters
)
weights = []
for epoch in range(3):
    for x in batches:
        loss, gradients = grad_fn(x)
        optimizer(gradients)
        weights.append(net.weight.asnumpy().copy())
    rate = rates[len(weights) - 1]
    print(f"epoch {epoch}: rate {rate:.4f}", weights[-1].round(4))
