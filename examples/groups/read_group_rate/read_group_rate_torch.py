# %% tags=["setup"]
import numpy as np
import torch

start = np.array([1.0, 2.0], np.float32)
gradient = np.array([0.5, -0.5], np.float32)

# %%
params = [
    torch.nn.Parameter(torch.tensor(start)) for _ in range(3)
]
optimizer = torch.optim.SGD(
    [{"params": params[:2], "lr": 0.02}, {"params": params[2:]}],
    lr=0.1,
)
before = [group["lr"] for group in optimizer.param_groups]
print(before)

# %%
optimizer.param_groups[0]["lr"] = 0.5
after = [group["lr"] for group in optimizer.param_groups]
print(after)

for param in params:
    param.grad = torch.tensor(gradient)
optimizer.step()
weights = [param.detach().numpy(force=True) for param in params]
for weight in weights:
    print(weight.round(3))
