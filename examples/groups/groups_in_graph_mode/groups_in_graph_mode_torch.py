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
        {"params": net.head.parameters(), "lr": 1.0},
        {"params": net.body.parameters(), "weight_decay": 0.1},
    ],
    lr=0.05,
    momentum=0.9,
)
listed = [0.1, 0.05, 0.025, 0.0125]
scheduler = torch.optim.lr_scheduler.LambdaLR(
    optimizer,
    [lambda step: [*listed, 0.0][step], lambda step: 1.0],
)

# %%
history = []
for step in range(4):
    optimizer.zero_grad()
    loss = loss_fn(net(inputs), targets)
    loss.backward()
    optimizer.step()
    scheduler.step()
    named = net.named_parameters()
    weights = {
        k: p.detach().numpy(force=True).copy() for k, p in named
    }
    history.append(weights)
    print(f"step {step}: loss {loss.item():.4f}")
