# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
starts = rng.normal(size=(3, 2)).astype(np.float32)
weights = [
    torch.nn.Parameter(torch.tensor(start)) for start in starts
]

# %%
optimizer = torch.optim.SGD(weights, lr=0.01)
rate = optimizer.state_dict()["param_groups"][0]["lr"]
print(rate)

# %%
groups = [
    {"params": weights[:2], "lr": 0.1},
    {"params": weights[2:]},
]
grouped = torch.optim.SGD(groups, lr=0.01)

state = grouped.state_dict()
rates = [state["param_groups"][n]["lr"] for n in range(2)]
print(rates)
