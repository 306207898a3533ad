# %% tags=["setup"]
from collections import OrderedDict

import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.RandomState(0)
start = {
    "body.weight": rng.randn(3, 4).astype(np.float32),
    "body.bias": rng.randn(3).astype(np.float32),
    "head.weight": rng.randn(2, 3).astype(np.float32),
    "head.bias": rng.randn(2).astype(np.float32),
}
inputs = ms.Tensor(rng.randn(8, 4).astype(np.float32))
targets = ms.Tensor(rng.randn(8, 2).astype(np.float32))
layers = OrderedDict(body=nn.Dense(4, 3), head=nn.Dense(3, 2))
net = nn.SequentialCell(layers)
for param in net.trainable_params():
    param.set_data(ms.Tensor(start[param.name]))
loss_fn = nn.MSELoss()

# %%
optimizer = nn.SGD(
    [
        {"params": [net.head.weight], "weight_decay": 0.1},
        {"params": [net.head.bias], "lr": 0.2},
    ],
    learning_rate=0.1,
    weight_decay=0.5,
)
grad_fn = ms.value_and_grad(
    lambda: loss_fn(net(inputs), targets),
    None,
    optimizer.parameters,
)
for _ in range(3):
    _, grads = grad_fn()
    optimizer(grads)

# %%
weights = {p.name: p.asnumpy() for p in net.trainable_params()}
for name, weight in weights.items():
    print(
        name, "moved by", abs(weight - start[name]).max().round(4)
    )
