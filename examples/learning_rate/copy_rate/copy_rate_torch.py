# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(6, 3)).astype(np.float32))
start = rng.normal(size=(2, 3)).astype(np.float32)

net = torch.nn.Linear(3, 2)
net.weight.data = torch.tensor(start)
net.bias.data.zero_()


def train(steps):
    for _ in range(steps):
        optimizer.zero_grad()
        net(x).square().mean().backward()
        optimizer.step()
        scheduler.step()


# %%
optimizer = torch.optim.AdamW(net.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
train(3)

optimizer.param_groups[0]["lr"] = 0.02
train(5)

weights = [p.numpy(force=True) for p in net.parameters()]
rate = optimizer.param_groups[0]["lr"]
print(round(rate, 6))
