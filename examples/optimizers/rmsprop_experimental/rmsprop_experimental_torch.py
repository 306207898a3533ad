# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(16, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(16, 2)).astype(np.float32))
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)

net = torch.nn.Linear(3, 2)
net.weight.data = torch.tensor(weight)
net.bias.data = torch.tensor(bias)

# %%
optimizer = torch.optim.RMSprop(
    net.parameters(),
    lr=0.01,
    alpha=0.95,
    eps=1e-2,
    weight_decay=0.1,
    momentum=0.5,
    centered=True,
)
weights = []
for step in range(60):
    optimizer.zero_grad()
    loss = (net(x) - y).square().mean()
    loss.backward()
    optimizer.step()
    weights.append(
        [p.numpy(force=True).copy() for p in net.parameters()]
    )
print(round(loss.item(), 4), weights[-1][1].round(4))
