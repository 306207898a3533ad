# %% tags=["setup"]
from collections import OrderedDict

import torch
from torch import nn

layers = OrderedDict(conv=nn.Conv2d(1, 2, 3), fc=nn.Linear(2, 2))
net = nn.Sequential(layers)


# %%
def is_conv(named):
    return "conv" in named[0]


def is_other(named):
    return not is_conv(named)


conv = filter(is_conv, net.named_parameters())
other = filter(is_other, net.named_parameters())
groups = [
    {"params": [param for _, param in conv], "lr": 0.01},
    {"params": (param for _, param in other)},
]
optimizer = torch.optim.SGD(groups, lr=0.1)
counts = [
    len(group["params"]) for group in optimizer.param_groups
]
print(counts)
