# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
weight.grad = gradient
optimizer.step()
before = weight.numpy(force=True).copy()

# %%
optimizer.param_groups[0]["lr"] = 0.5
rate = optimizer.param_groups[0]["lr"]
optimizer.step()

moved = before - weight.numpy(force=True)
print("rate", rate, "moved", moved.round(4))
