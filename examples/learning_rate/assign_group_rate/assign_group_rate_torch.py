# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
starts = rng.normal(size=(3, 2)).astype(np.float32)
weights = [
    torch.nn.Parameter(torch.tensor(start)) for start in starts
]

gradients = [torch.ones(2), torch.ones(2), torch.ones(2)]

# %%
groups = [
    {"params": weights[:2], "lr": 0.1},
    {"params": weights[2:]},
]
optimizer = torch.optim.SGD(groups, lr=0.01)

optimizer.param_groups[0]["lr"] = 0.5

for weight, gradient in zip(weights, gradients):
    weight.grad = gradient
optimizer.step()
moved = starts - [w.numpy(force=True) for w in weights]
print(moved.round(4))
