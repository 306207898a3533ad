# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)

optimizer.param_groups[0]["lr"] = 0.8

weights = []
for _ in range(3):
    weight.grad = gradient
    optimizer.step()
    scheduler.step()
    weights.append(weight.numpy(force=True).copy())

print(np.stack(weights).round(4))
