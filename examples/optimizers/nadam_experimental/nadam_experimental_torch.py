# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(8, 2)).astype(np.float32))
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def network():
    net = torch.nn.Linear(3, 2)
    net.weight.data = torch.tensor(weight)
    net.bias.data = torch.tensor(bias)
    return net


def values(net):
    return [p.numpy(force=True).copy() for p in net.parameters()]


# %%
net = network()
optimizer = torch.optim.NAdam(
    net.parameters(), lr=0.01, eps=1e-2, weight_decay=0.1
)
weights = []
for step in range(60):
    optimizer.zero_grad()
    loss = (net(x) - y).square().mean()
    loss.backward()
    optimizer.step()
    weights.append(values(net))
print(weights[-1][1].round(4))
