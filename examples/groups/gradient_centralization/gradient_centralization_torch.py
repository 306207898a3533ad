# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.RandomState(0)
start = rng.randn(4, 3, 3, 3).astype(np.float32)
gradient = (rng.randn(4, 3, 3, 3) + 1).astype(np.float32)

# %%
weight = torch.nn.Parameter(torch.tensor(start))
optimizer = torch.optim.SGD([weight], lr=0.1)
weight.grad = torch.tensor(gradient)

weight.grad -= weight.grad.mean(dim=(1, 2, 3), keepdim=True)
optimizer.step()

moved = weight.detach().numpy(force=True) - start
print(abs(moved.mean(axis=(1, 2, 3))).round(4))
