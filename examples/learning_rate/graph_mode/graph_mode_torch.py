# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

optimizer = torch.optim.SGD([weight], lr=0.1)


# %%
def step():
    before = weight.numpy(force=True).copy()
    weight.grad = gradient
    optimizer.step()
    return before - weight.numpy(force=True)


moved = [step()]

optimizer.param_groups[0]["lr"] = 0.01
moved.append(step())

optimizer.param_groups[0]["lr"] = 0.5
moved.append(step())

print(np.stack(moved).round(4))
