# %% tags=["setup"]
import torch
from torch import optim

names = ["weight", "bias", "norm.gamma", "norm.beta"]


def build():
    return [torch.nn.Parameter(torch.ones(2, 2)) for _ in names]


# %%
def decayed(optimizer, weights):
    for weight in weights:
        weight.grad = torch.zeros_like(weight)
    optimizer.step()
    moved = [(weight != 1).all() for weight in weights]
    return [name for name, m in zip(names, moved) if m]


classes = [
    optim.SGD,
    optim.Adam,
    optim.AdamW,
    optim.RMSprop,
    optim.Adafactor,
]
outcome = {}
for cls in classes:
    weights = build()
    which = decayed(cls(weights, weight_decay=0.5), weights)
    outcome[cls.__name__] = which
    print(f"{cls.__name__:16}", *which)
