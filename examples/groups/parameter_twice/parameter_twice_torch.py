# %% tags=["setup"]
import warnings

import torch
from torch import nn


# %%
def outcome(groups):
    with warnings.catch_warnings(record=True) as caught:
        try:
            torch.optim.SGD(groups, lr=0.1)
        except (RuntimeError, ValueError) as error:
            return type(error).__name__
    return caught[0].category.__name__ if caught else "accepted"


# %%
net = nn.Linear(2, 2)
weight, bias = net.parameters()
cases = {
    "two groups": [
        {"params": [weight, bias]},
        {"params": [bias]},
    ],
    "one group": [{"params": [weight, bias, bias]}],
    "no groups": [weight, bias, bias],
}
outcomes = {
    name: outcome(groups) for name, groups in cases.items()
}
for name, result in outcomes.items():
    print(f"{name:12}{result}")

# %%
nets = [nn.Linear(2, 2), nn.Linear(2, 2)]
two_nets = [{"params": net.parameters()} for net in nets]
same_names = outcome(two_nets)
print(same_names)
