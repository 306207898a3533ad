# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
start = rng.normal(size=(2, 3)).astype(np.float32)


def build():
    net = torch.nn.Sequential(
        torch.nn.Linear(3, 2, bias=False), torch.nn.BatchNorm1d(2)
    )
    net[0].weight.data = torch.tensor(start)
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    return net, optimizer


def train(net, optimizer, steps):
    net.train()
    for _ in range(steps):
        optimizer.zero_grad()
        net(x).relu().mean().backward()
        optimizer.step()
    return net[0].weight.numpy(force=True).copy()


# %%
net, optimizer = build()
train(net, optimizer, steps=3)
torch.save(
    {
        "net": net.state_dict(),
        "optimizer": optimizer.state_dict(),
    },
    "all.pt",
)
running_mean = net[1].running_mean.numpy(force=True).copy()
print("running mean", running_mean.round(4))

uninterrupted = train(net, optimizer, steps=3)
print(uninterrupted.round(4))

# %%
net, optimizer = build()
state = torch.load("all.pt")
net.load_state_dict(state["net"])
optimizer.load_state_dict(state["optimizer"])
loaded_mean = net[1].running_mean.numpy(force=True).copy()
print("running mean", loaded_mean.round(4))

resumed = train(net, optimizer, steps=3)
print(resumed.round(4))
