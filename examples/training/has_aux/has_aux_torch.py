# %% tags=["setup"]
import numpy as np
import torch
from torch import nn

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(8, 1)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

model = nn.Linear(3, 1, bias=False)
model.weight.data = torch.tensor(start)
loss_fn = nn.MSELoss()


# %%
def forward_fn(x, y):
    output = model(x)
    return loss_fn(output, y), output


loss, output = forward_fn(x, y)
loss.backward()
gradient = model.weight.grad.numpy(force=True).copy()
print(gradient.round(4))

# %%
model.zero_grad()
loss, output = forward_fn(x, y)
(loss + output.sum()).backward()
gradient_of_both = model.weight.grad.numpy(force=True).copy()
print(gradient_of_both.round(4))
