# %% tags=["setup"]
import numpy as np
import torch
from torch.optim import lr_scheduler

rng = np.random.default_rng(0)
batches = rng.normal(size=(4, 8, 3)).astype(np.float32)
targets = rng.normal(size=(4, 8, 1)).astype(np.float32)
start = rng.normal(size=(1, 3)).astype(np.float32)
batches, targets = torch.tensor(batches), torch.tensor(targets)


def build():
    net = torch.nn.Linear(3, 1)
    net.weight.data = torch.tensor(start)
    net.bias.data = torch.zeros(1)
    return net, torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )


def update(net, optimizer, step):
    x, y = batches[step % 4], targets[step % 4]
    optimizer.zero_grad()
    loss = (net(x) - y).square().mean()
    loss.backward()
    optimizer.step()
    return loss.item()


# %%
def train(make_scheduler):
    net, optimizer = build()
    scheduler = make_scheduler(optimizer)
    rates, weights = [], []
    for step in range(40):
        rates += scheduler.get_last_lr()
        update(net, optimizer, step)
        scheduler.step()
        weights.append(
            [p.numpy(force=True).copy() for p in net.parameters()]
        )
    print([round(rate, 3) for rate in rates[::5]])
    return rates, weights


# %%
def factor(step):
    return step / (step + 1)


multiplicative = train(
    lambda optimizer: lr_scheduler.MultiplicativeLR(
        optimizer, factor
    )
)
chained = train(
    lambda optimizer: lr_scheduler.ChainedScheduler(
        [
            lr_scheduler.ConstantLR(optimizer, 0.5, 8),
            lr_scheduler.ExponentialLR(optimizer, 0.95),
        ]
    )
)
cyclic = train(
    lambda optimizer: lr_scheduler.CyclicLR(
        optimizer, 0.01, 0.1, 6, cycle_momentum=False
    )
)

# %%
restarts = train(
    lambda optimizer: lr_scheduler.CosineAnnealingWarmRestarts(
        optimizer, T_0=8, T_mult=2, eta_min=0.01
    )
)
sequential = train(
    lambda optimizer: lr_scheduler.SequentialLR(
        optimizer,
        [
            lr_scheduler.LinearLR(optimizer, 0.1, total_iters=8),
            lr_scheduler.CosineAnnealingLR(optimizer, 32),
        ],
        [8],
    )
)
one_cycle = train(
    lambda optimizer: lr_scheduler.OneCycleLR(
        optimizer, 0.1, total_steps=40, cycle_momentum=False
    )
)

# %%
net, optimizer = build()
scheduler = lr_scheduler.ReduceLROnPlateau(
    optimizer, factor=0.5, patience=3
)
rates, weights = [], []
for step in range(40):
    rates += scheduler.get_last_lr()
    loss = update(net, optimizer, step)
    scheduler.step(loss)
    weights.append(
        [p.numpy(force=True).copy() for p in net.parameters()]
    )
print([round(rate, 3) for rate in rates[::5]])
plateau = rates, weights
