# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)

history = []
for _ in range(3):
    history.append(optimizer.param_groups[0]["lr"])
    optimizer.param_groups[0]["lr"] *= 0.5

print(history)
