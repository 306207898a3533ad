# %% tags=["setup"]
from collections import OrderedDict

import torch
from torch import nn


def block(channels_in, channels_out):
    layers = nn.Conv2d(channels_in, channels_out, 3), nn.ReLU()
    return nn.Sequential(*layers)


layers = OrderedDict(
    layer1=block(3, 12),
    layer2=block(12, 4),
    flat=nn.Flatten(),
    fc=nn.Linear(4, 10),
)
net = nn.Sequential(layers)

# %%
names = [name for name, _ in net.named_parameters()]
print(names)

conv = [p for name, p in net.named_parameters() if "conv" in name]
rest = [
    p for name, p in net.named_parameters() if "conv" not in name
]
print(len(conv), len(rest))


# %%
def build(optimizer_class):
    groups = [{"params": conv, "lr": 0.01}, {"params": rest}]
    try:
        optimizer = optimizer_class(groups, 0.1)
    except ValueError as error:
        return f"ValueError: {str(error).splitlines()[0]}"
    return f"{len(optimizer.param_groups)} groups"


result = build(torch.optim.SGD)
print(result)
