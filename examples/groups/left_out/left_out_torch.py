# %% tags=["setup"]
from collections import OrderedDict

import numpy as np
import torch
from torch import nn

rng = np.random.RandomState(0)
start = {
    "body.weight": rng.randn(3, 4).astype(np.float32),
    "body.bias": rng.randn(3).astype(np.float32),
    "head.weight": rng.randn(2, 3).astype(np.float32),
    "head.bias": rng.randn(2).astype(np.float32),
}
inputs = torch.tensor(rng.randn(8, 4).astype(np.float32))
targets = torch.tensor(rng.randn(8, 2).astype(np.float32))
layers = OrderedDict(body=nn.Linear(4, 3), head=nn.Linear(3, 2))
net = nn.Sequential(layers)
net.load_state_dict(
    {k: torch.tensor(v) for k, v in start.items()}
)
loss_fn = nn.MSELoss()

# %%
optimizer = torch.optim.SGD(
    [
        {"params": [net.head.weight], "weight_decay": 0.1},
        {"params": [net.head.bias], "lr": 0.2},
    ],
    lr=0.1,
    weight_decay=0.5,
)
for _ in range(3):
    optimizer.zero_grad()
    loss_fn(net(inputs), targets).backward()
    optimizer.step()

# %%
named = net.named_parameters()
weights = {
    name: p.detach().numpy(force=True) for name, p in named
}
for name, weight in weights.items():
    print(
        name, "moved by", abs(weight - start[name]).max().round(4)
    )
