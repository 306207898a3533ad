# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)

optimizer.lr = 0.01
ignored = optimizer.param_groups[0]["lr"]
print(ignored)

optimizer.param_groups[0]["lr"] = 0.01
taken = optimizer.param_groups[0]["lr"]
print(taken)
