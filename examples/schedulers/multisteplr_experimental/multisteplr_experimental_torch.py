# %% tags=["setup"]
import numpy as np
import torch
from torch import nn, optim

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(8, 1)).astype(np.float32))
weight = torch.tensor(rng.normal(size=(1, 3)).astype(np.float32))
net = nn.Linear(3, 1)
net.weight.data = weight
net.bias.data = torch.zeros(1)

# %%
optimizer = optim.SGD(
    [
        {"params": [net.weight]},
        {"params": [net.bias], "lr": 0.02},
    ],
    lr=0.1,
    momentum=0.9,
)
scheduler = optim.lr_scheduler.MultiStepLR(
    optimizer, milestones=[10, 20, 20, 30], gamma=0.5
)

# %%
rates, weights = [], []
for step in range(40):
    optimizer.zero_grad()
    loss = (net(x) - y).square().mean()
    loss.backward()
    optimizer.step()
    scheduler.step()
    rates.append(scheduler.get_last_lr())
    weights.append(
        [p.numpy(force=True).copy() for p in net.parameters()]
    )
print(np.round(rates[9::10], 5))
