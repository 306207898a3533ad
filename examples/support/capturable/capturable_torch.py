# %% tags=["setup"]
import numpy as np
import torch

start = np.array([1.0, -2.0, 3.0], np.float32)
slope = np.array([0.1, 0.2, -0.4], np.float32)
slopes = [slope, -2 * slope[::-1].copy(), 0.5 * slope]

# %%
param = torch.nn.Parameter(torch.tensor(start))
param.grad = torch.tensor(slopes[0])
optimizer = torch.optim.Adam([param], lr=0.1, capturable=True)
try:
    optimizer.step()
except AssertionError as error:
    refused = str(error).split(":")[0]
print("AssertionError:", refused)

# %%
optimizer = torch.optim.Adam([param], lr=0.1)
for values in slopes:
    param.grad = torch.tensor(values)
    optimizer.step()
weight = param.numpy(force=True)
print(weight.round(4))
