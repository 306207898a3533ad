# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
first = rng.normal(size=(3, 3)).astype(np.float32)
second = rng.normal(size=(1, 3)).astype(np.float32)


def make_net():
    net = torch.nn.Sequential(
        torch.nn.Linear(3, 3, bias=False),
        torch.nn.Linear(3, 1, bias=False),
    )
    net[0].weight.data = torch.tensor(first)
    net[1].weight.data = torch.tensor(second)
    return net


def train(build, change):
    net = make_net()
    optimizer = build(net)
    for step in range(4):
        if step == 2:
            change(optimizer)
        optimizer.zero_grad()
        loss = net(x).square().mean()
        loss.backward()
        optimizer.step()
    weights = [p.numpy(force=True) for p in net.parameters()]
    print(weights[0][0].round(4), weights[1][0].round(4))
    return weights


# %%
def build(net):
    groups = [
        {"params": [net[0].weight]},
        {"params": [net[1].weight], "lr": 0.05},
    ]
    return torch.optim.SGD(groups, lr=0.02, momentum=0.9)


unchanged = train(build, lambda optimizer: None)


# %%
def change_rate(optimizer):
    optimizer.param_groups[1]["lr"] = 0.01


rate = train(build, change_rate)


# %%
def change_momentum(optimizer):
    optimizer.param_groups[1]["momentum"] = 0.5


momentum = train(build, change_momentum)
