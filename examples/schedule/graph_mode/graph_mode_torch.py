# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
batches = torch.tensor(
    rng.normal(size=(2, 8, 3)).astype(np.float32)
)
start = rng.normal(size=(1, 3)).astype(np.float32)
net = torch.nn.Linear(3, 1, bias=False)
net.weight.data = torch.tensor(start)

# %%
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.ExponentialLR(
    optimizer, gamma=0.5
)
weights = []
for epoch in range(3):
    for x in batches:
        optimizer.zero_grad()
        net(x).square().mean().backward()
        optimizer.step()
        weights.append(net.weight.detach().clone())
    scheduler.step()
    print(net.weight.numpy(force=True).round(4))
