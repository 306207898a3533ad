# %% tags=["setup"]
from collections import OrderedDict

import torch
from torch import nn

layers = OrderedDict(
    dense=nn.Linear(2, 2),
    norm=nn.BatchNorm1d(2),
    gamma_head=nn.Linear(2, 2),
)
net = nn.Sequential(layers)


# %%
def decayed(groups, optimizer_class):
    for param in net.parameters():
        param.data.fill_(1.0)
        param.grad = torch.zeros_like(param)
    optimizer = optimizer_class(groups, 1.0, weight_decay=0.25)
    optimizer.step()
    named = net.named_parameters()
    return {
        name: param.detach().mean().item()
        for name, param in named
    }


# %%
params = list(net.parameters())
plain = decayed(params, torch.optim.SGD)
one_group = decayed([{"params": params}], torch.optim.SGD)
for name, value in plain.items():
    print(f"{name:18}{value:6}{one_group[name]:6}")

# %%
matrices = [param for param in params if param.ndim > 1]
vectors = [param for param in params if param.ndim == 1]
groups = [
    {"params": matrices},
    {"params": vectors, "weight_decay": 0.0},
]
two_groups = decayed(groups, torch.optim.SGD)
for name, value in two_groups.items():
    print(f"{name:18}{value:6}")
