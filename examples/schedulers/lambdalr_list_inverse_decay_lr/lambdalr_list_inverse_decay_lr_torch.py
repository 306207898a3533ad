# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
batches = rng.normal(size=(4, 8, 3)).astype(np.float32)
targets = rng.normal(size=(4, 8, 1)).astype(np.float32)
start = rng.normal(size=(1, 3)).astype(np.float32)

net = torch.nn.Linear(3, 1)
net.weight.data = torch.tensor(start)
net.bias.data = torch.zeros(1)
batches, targets = torch.tensor(batches), torch.tensor(targets)

# %%
optimizer = torch.optim.SGD(
    net.parameters(), lr=0.1, momentum=0.9
)
scheduler = torch.optim.lr_scheduler.LambdaLR(
    optimizer, lambda epoch: 1 / (1 + 0.5 * epoch / 2)
)

# %%
rates, weights = [], []
for epoch in range(10):
    for x, y in zip(batches, targets):
        optimizer.zero_grad()
        loss = (net(x) - y).square().mean()
        loss.backward()
        rates += scheduler.get_last_lr()
        optimizer.step()
        weights.append(
            [p.numpy(force=True).copy() for p in net.parameters()]
        )
    scheduler.step()

# %%
print([round(rate, 4) for rate in rates[::4]])
print(net.weight.numpy(force=True).round(4))
