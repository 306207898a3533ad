# %% tags=["setup"]
from collections import OrderedDict

import numpy as np
import torch
from torch import nn

rng = np.random.RandomState(0)
start = {
    "conv.weight": rng.randn(3, 2, 3, 3).astype(np.float32) / 4,
    "conv.bias": rng.randn(3).astype(np.float32) / 4,
    "fc.weight": rng.randn(4, 48).astype(np.float32) / 8,
    "fc.bias": rng.randn(4).astype(np.float32) / 8,
}
images = torch.tensor(rng.randn(8, 2, 6, 6).astype(np.float32))
labels = torch.tensor(rng.randint(0, 4, 8))

layers = OrderedDict(
    conv=nn.Conv2d(2, 3, 3),
    relu=nn.ReLU(),
    flat=nn.Flatten(),
    fc=nn.Linear(48, 4),
)
net = nn.Sequential(layers)
net.load_state_dict(
    {k: torch.tensor(v) for k, v in start.items()}
)
loss_fn = nn.CrossEntropyLoss()

# %%
named = list(net.named_parameters())
conv_names = [name for name, _ in named if "conv" in name]
conv_params = [p for name, p in named if "conv" in name]
other_params = [p for name, p in named if "conv" not in name]

optimizer = torch.optim.SGD(
    [
        {"params": conv_params, "lr": 0.02, "weight_decay": 0.01},
        {"params": other_params},
    ],
    lr=0.1,
    momentum=0.9,
)

# %%
history, losses = [], []
for step in range(10):
    optimizer.zero_grad()
    loss = loss_fn(net(images), labels)
    loss.backward()
    optimizer.step()
    weights = {
        k: p.detach().numpy(force=True).copy() for k, p in named
    }
    history.append(weights)
    losses.append(loss.item())
print("loss, every third step:", np.round(losses[::3], 4))
