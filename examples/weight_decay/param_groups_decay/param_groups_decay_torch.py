# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]

net = torch.nn.Linear(3, 2)
params = list(net.parameters())
for param, value in zip(params, start):
    param.data = torch.tensor(value)

# %%
optimizer = torch.optim.SGD(
    params, lr=0.1, momentum=0.9, weight_decay=0.2
)
weights = []
for step in range(4):
    optimizer.zero_grad()
    loss = net(x).square().mean()
    loss.backward()
    optimizer.step()
    for group in optimizer.param_groups:
        group["weight_decay"] *= 0.5
    weights.append([p.numpy(force=True).copy() for p in params])
    print(step, weights[-1][1].round(4))
