# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 4, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(8, 4, 2)).astype(np.float32))
start = [
    rng.normal(size=s).astype(np.float32) for s in ((2, 3), (2,))
]


def build():
    net = torch.nn.Linear(3, 2)
    for parameter, value in zip(net.parameters(), start):
        parameter.data = torch.tensor(value)
    return net


def make_schedule(optimizer):
    return torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.8)


OPTIMIZERS = {
    "SGD": lambda groups: torch.optim.SGD(
        groups, lr=0.1, momentum=0.9, weight_decay=0.01
    ),
    "Adam": lambda groups: torch.optim.Adam(groups, lr=0.1),
    "AdamW": lambda groups: torch.optim.AdamW(groups, lr=0.1),
}


def train(net, optimizer, scheduler, batches, every=1):
    optimizer.zero_grad()
    for n in batches:
        loss = (net(x[n]) - y[n]).square().mean() / every
        loss.backward()
        if (n + 1) % every == 0:
            optimizer.step()
            optimizer.zero_grad()
            scheduler.step()
    return [p.numpy(force=True).copy() for p in net.parameters()]


# %%
for name, make in OPTIMIZERS.items():
    net = build()
    optimizer = make(
        [
            {"params": [net.weight]},
            {
                "params": [net.bias],
                "lr": 0.02,
                "weight_decay": 0.0,
            },
        ]
    )
    scheduler = make_schedule(optimizer)
    weights = train(net, optimizer, scheduler, range(8), every=2)
    print(
        name, weights[0].round(4)[0], scheduler.get_last_lr()[0]
    )
