# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
batches = rng.normal(size=(4, 8, 3)).astype(np.float32)
targets = rng.normal(size=(4, 8, 1)).astype(np.float32)
start = rng.normal(size=(1, 3)).astype(np.float32)

net = nn.Dense(3, 1, ms.Tensor(start), bias_init="zeros")
batches, targets = ms.Tensor(batches), ms.Tensor(targets)

# %%
schedule = nn.WarmUpLR(0.1, warmup_steps=30)
optimizer = nn.SGD(
    net.trainable_params(), learning_rate=schedule, momentum=0.9
)
optimizer.global_step.copy_(ms.Tensor([10], ms.int32))


def forward(x, y):
    return (net(x) - y).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
rates, weights = [], []
for epoch in range(10):
    for x, y in zip(batches, targets):
        loss, gradients = grad_fn(x, y)
        rates.append(optimizer.get_lr().item())
        optimizer(gradients)
        weights.append(
            [p.asnumpy().copy() for p in net.trainable_params()]
        )

# %%
print([round(rate, 4) for rate in rates[::4]])
print(net.weight.asnumpy().round(4))
