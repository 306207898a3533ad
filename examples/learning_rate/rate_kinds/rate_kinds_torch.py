# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

# %%
fixed = torch.optim.SGD([weight], lr=0.1)
rate = fixed.param_groups[0]["lr"]
print(type(rate).__name__, rate)

as_tensor = torch.optim.SGD([weight], lr=torch.tensor(0.1))
rate = as_tensor.param_groups[0]["lr"]
print(type(rate).__name__, rate.dtype, tuple(rate.shape))

# %%
rates = [0.1, 0.05, 0.025]
listed = torch.optim.SGD([weight], lr=1.0)
scheduler = torch.optim.lr_scheduler.LambdaLR(
    listed, rates.__getitem__
)
print(type(scheduler).__name__, scheduler.get_last_lr())
