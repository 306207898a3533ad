# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

optimizer = torch.optim.SGD([weight], lr=torch.tensor(0.1))
rate = optimizer.param_groups[0]["lr"]


# %%
def step():
    weight.grad = gradient
    optimizer.step()


weights = []
for value in (0.1, 0.01, 0.5):
    rate.fill_(value)
    step()
    weights.append(weight.numpy(force=True).copy())

print(np.stack(weights).round(4))
