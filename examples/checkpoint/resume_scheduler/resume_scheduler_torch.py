# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(8, 1)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def build():
    net = torch.nn.Linear(3, 1, bias=False)
    net.weight.data = torch.tensor(start)
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    return net, optimizer


def train(net, optimizer, scheduler, steps):
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.zero_grad()
        loss = (net(x) - y).square().mean()
        loss.backward()
        optimizer.step()
        scheduler.step()
    print(np.round(rates, 4))
    return rates


ExponentialLR = torch.optim.lr_scheduler.ExponentialLR

# %%
net, optimizer = build()
scheduler = ExponentialLR(optimizer, gamma=0.8)
train(net, optimizer, scheduler, steps=3)
torch.save(
    {
        "net": net.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
    },
    "all.pt",
)
uninterrupted = train(net, optimizer, scheduler, steps=3)
uninterrupted_weight = net.weight.numpy(force=True)

# %%
net, optimizer = build()
scheduler = ExponentialLR(optimizer, gamma=0.8)
state = torch.load("all.pt")
net.load_state_dict(state["net"])
optimizer.load_state_dict(state["optimizer"])
scheduler.load_state_dict(state["scheduler"])

resumed = train(net, optimizer, scheduler, steps=3)
resumed_weight = net.weight.numpy(force=True)

# %%
# The optimizer's file alone: LinearLR goes on from a wrong rate.
LinearLR = torch.optim.lr_scheduler.LinearLR

net, optimizer = build()
scheduler_before = LinearLR(optimizer, 0.1, total_iters=5)
train(net, optimizer, scheduler_before, steps=3)
state = optimizer.state_dict()
linear = train(net, optimizer, scheduler_before, steps=4)

net, optimizer = build()
again = LinearLR(optimizer, 0.1, total_iters=5)
optimizer.load_state_dict(state)
restarted = train(net, optimizer, again, steps=4)
