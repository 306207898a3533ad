# %% tags=["setup"]
from collections import OrderedDict

import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.RandomState(0)
start = {
    "conv.weight": rng.randn(3, 2, 3, 3).astype(np.float32) / 4,
    "conv.bias": rng.randn(3).astype(np.float32) / 4,
    "fc.weight": rng.randn(4, 48).astype(np.float32) / 8,
    "fc.bias": rng.randn(4).astype(np.float32) / 8,
}
images = ms.Tensor(rng.randn(8, 2, 6, 6).astype(np.float32))
labels = ms.Tensor(rng.randint(0, 4, 8), ms.int32)

layers = OrderedDict(
    conv=nn.Conv2d(2, 3, 3, pad_mode="valid", has_bias=True),
    relu=nn.ReLU(),
    flat=nn.Flatten(),
    fc=nn.Dense(48, 4),
)
net = nn.SequentialCell(layers)
for param in net.trainable_params():
    param.set_data(ms.Tensor(start[param.name]))
loss_fn = nn.CrossEntropyLoss()

# %%
named = [(param.name, param) for param in net.trainable_params()]
conv_names = [name for name, _ in named if "conv" in name]
conv_params = [p for name, p in named if "conv" in name]
other_params = [p for name, p in named if "conv" not in name]

optimizer = nn.Momentum(
    [
        {"params": conv_params, "lr": 0.02, "weight_decay": 0.01},
        {"params": other_params},
    ],
    learning_rate=0.1,
    momentum=0.9,
)

# %%
grad_fn = ms.value_and_grad(
    lambda: loss_fn(net(images), labels),
    None,
    optimizer.parameters,
)
history, losses = [], []
for step in range(10):
    loss, grads = grad_fn()
    optimizer(grads)
    history.append(
        {name: p.asnumpy().copy() for name, p in named}
    )
    losses.append(loss.item())
print("loss, every third step:", np.round(losses[::3], 4))
