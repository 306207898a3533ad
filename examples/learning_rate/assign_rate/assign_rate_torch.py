# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

net = torch.nn.Linear(3, 1, bias=False)
net.weight.data = torch.tensor(start)

# %%
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
before = optimizer.param_groups[0]["lr"]
print(before)

optimizer.param_groups[0]["lr"] = 0.01
after = optimizer.param_groups[0]["lr"]
print(after)

# %%
loss = net(x).square().mean()
loss.backward()
optimizer.step()

gradient = net.weight.grad.numpy(force=True)
weight = net.weight.numpy(force=True)
print(weight.round(4))
