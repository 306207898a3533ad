# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

net = torch.nn.Linear(3, 1, bias=False)
net.weight.data = torch.tensor(start)

# %%
optimizer = torch.optim.SGD(
    net.parameters(), lr=0.1, momentum=0.9, weight_decay=0.2
)
group = optimizer.param_groups[0]

# %%
decays, gradients, weights = [], [], []
for step in range(4):
    decays.append(group["weight_decay"])
    optimizer.zero_grad()
    loss = net(x).square().mean()
    loss.backward()
    optimizer.step()
    group["weight_decay"] *= 0.5
    gradients.append(net.weight.grad.numpy(force=True).copy())
    weights.append(net.weight.numpy(force=True).copy())
    print(step, round(decays[-1], 4), weights[-1].round(4))
