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
    net.parameters(), lr=0.1, weight_decay=0.2
)
group = optimizer.param_groups[0]
weights = []
for step in range(3):
    optimizer.zero_grad()
    loss = net(x).square().mean()
    loss.backward()
    optimizer.step()
    group["weight_decay"] *= 0.5
    weights.append(net.weight.numpy(force=True).copy())
    print(step, weights[-1].round(4))
