# %% tags=["setup"]
import numpy as np
import torch

start = np.array([1.0, -2.0, 3.0], np.float32)
slope = np.array([0.1, 0.2, -0.4], np.float32)

# %%
rate = torch.tensor(0.1, requires_grad=True)
param = torch.tensor(start, requires_grad=True).clone()
param.grad = torch.tensor(slope)
optimizer = torch.optim.SGD([param], lr=rate, differentiable=True)
optimizer.step()

loss = param.square().sum()
loss.backward()
rate_slope = rate.grad.item()
print(round(rate_slope, 4))

# %%
fixed = torch.tensor(0.1, requires_grad=True)
leaf = torch.nn.Parameter(torch.tensor(start))
leaf.grad = torch.tensor(slope)
torch.optim.SGD([leaf], lr=fixed).step()

leaf.square().sum().backward()
print(fixed.grad)
