# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
batches = torch.tensor(
    rng.normal(size=(4, 8, 3)).astype(np.float32)
)
start = rng.normal(size=(1, 3)).astype(np.float32)

net = torch.nn.Linear(3, 1, bias=False)
net.weight.data = torch.tensor(start)

# %%
optimizer = torch.optim.SGD(
    net.parameters(), lr=0.1, momentum=0.9
)
scheduler = torch.optim.lr_scheduler.ExponentialLR(
    optimizer, gamma=0.5
)

# %%
rates, weights = [], []
for epoch in range(3):
    for x in batches:
        optimizer.zero_grad()
        loss = net(x).square().mean()
        loss.backward()
        rates += scheduler.get_last_lr()
        optimizer.step()
        weights.append(net.weight.detach().clone())
    scheduler.step()
    weight = net.weight.numpy(force=True).round(4)
    print(f"epoch {epoch}: rate {rates[-1]:.4f}", weight)
