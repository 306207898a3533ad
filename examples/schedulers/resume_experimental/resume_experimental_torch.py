# %% tags=["setup"]
import numpy as np
import torch
from torch import nn, optim

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(8, 1)).astype(np.float32))
weight = torch.tensor(rng.normal(size=(1, 3)).astype(np.float32))


def build():
    net = nn.Linear(3, 1)
    net.weight.data = weight.clone()
    net.bias.data = torch.zeros(1)
    optimizer = optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    return net, optimizer


def train(net, optimizer, scheduler, steps):
    rates, weights = [], []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (net(x) - y).square().mean()
        loss.backward()
        optimizer.step()
        scheduler.step()
        rates.append(scheduler.get_last_lr()[0])
        weights.append(
            [p.numpy(force=True).copy() for p in net.parameters()]
        )
    print(np.round(rates[9::10], 5))
    return rates, weights


# %%
def make(optimizer):
    linear = optim.lr_scheduler.LinearLR(
        optimizer, 0.1, total_iters=9
    )
    restarts = optim.lr_scheduler.CosineAnnealingWarmRestarts(
        optimizer, T_0=5, T_mult=2
    )
    return optim.lr_scheduler.SequentialLR(
        optimizer, [linear, restarts], milestones=[9]
    )


# %%
net, optimizer = build()
scheduler = make(optimizer)
train(net, optimizer, scheduler, steps=20)
torch.save(
    {
        "net": net.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
    },
    "all.pt",
)
uninterrupted = train(net, optimizer, scheduler, steps=30)

# %%
net, optimizer = build()
scheduler = make(optimizer)
loaded = torch.load("all.pt")
net.load_state_dict(loaded["net"])
optimizer.load_state_dict(loaded["optimizer"])
scheduler.load_state_dict(loaded["scheduler"])
resumed = train(net, optimizer, scheduler, steps=30)
