# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
first = rng.normal(size=(3, 3)).astype(np.float32)
second = rng.normal(size=(1, 3)).astype(np.float32)

net = torch.nn.Sequential(
    torch.nn.Linear(3, 3, bias=False),
    torch.nn.Linear(3, 1, bias=False),
)
net[0].weight.data = torch.tensor(first)
net[1].weight.data = torch.tensor(second)

# %%
groups = [
    {"params": [net[0].weight], "weight_decay": 0.2},
    {"params": [net[1].weight], "weight_decay": 0.3},
]
optimizer = torch.optim.SGD(groups, lr=0.05, momentum=0.9)

# %%
for step in range(3):
    optimizer.zero_grad()
    loss = net(x).square().mean()
    loss.backward()
    optimizer.step()
    optimizer.param_groups[0]["weight_decay"] *= 0.5

decays = [g["weight_decay"] for g in optimizer.param_groups]
weights = [p.numpy(force=True) for p in net.parameters()]
print([round(decay, 4) for decay in decays])
print(weights[0][0].round(4), weights[1][0].round(4))
