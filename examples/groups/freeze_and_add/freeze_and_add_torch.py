# %% tags=["setup"]
from collections import OrderedDict

import numpy as np
import torch
from torch import nn

rng = np.random.RandomState(0)
shapes = {
    "body.weight": (3, 4),
    "body.bias": (3,),
    "head.weight": (2, 3),
    "head.bias": (2,),
}
start = {
    k: rng.randn(*s).astype(np.float32) for k, s in shapes.items()
}
inputs = torch.tensor(rng.randn(8, 4).astype(np.float32))
targets = torch.tensor(rng.randn(8, 2).astype(np.float32))
loss_fn = nn.MSELoss()


def build():
    layers = OrderedDict(
        body=nn.Linear(4, 3), head=nn.Linear(3, 2)
    )
    net = nn.Sequential(layers)
    net.load_state_dict(
        {k: torch.tensor(v) for k, v in start.items()}
    )
    return net


def train(net, optimizer):
    for _ in range(3):
        net.zero_grad()
        loss_fn(net(inputs), targets).backward()
        optimizer.step()


def weights(net):
    return {
        k: p.detach().numpy(force=True)
        for k, p in net.named_parameters()
    }


# %%
net = build()
groups = [
    {"params": net.body.parameters(), "lr": 0.0},
    {"params": net.head.parameters()},
]
train(net, torch.optim.SGD(groups, lr=0.1))
frozen = weights(net)
print(frozen["body.bias"].round(4), frozen["head.bias"].round(4))


# %%
def unfreeze(optimizer_class, **options):
    net = build()
    head = {"params": net.head.parameters()}
    optimizer = optimizer_class([head], lr=0.1, **options)
    train(net, optimizer)
    body = {"params": net.body.parameters(), "lr": 0.02}
    optimizer.add_param_group(body)
    train(net, optimizer)
    print(net.body.bias.detach().numpy(force=True).round(4))
    return weights(net)


added = unfreeze(torch.optim.SGD, momentum=0.9)
adam = unfreeze(torch.optim.Adam)
