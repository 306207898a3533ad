# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(16, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(16, 2)).astype(np.float32))
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = np.zeros(2, np.float32)


def started():
    net = torch.nn.Linear(3, 2)
    net.weight.data = torch.tensor(weight)
    net.bias.data = torch.tensor(bias)
    return net


def train(net, optimizer):
    weights = []
    for step in range(60):
        optimizer.zero_grad()
        loss = (net(x) - y).square().mean()
        loss.backward()
        optimizer.step()
        weights.append(
            [p.numpy(force=True).copy() for p in net.parameters()]
        )
    print(round(loss.item(), 4), weights[-1][1].round(4))
    return weights


# %%
net = started()
optimizer = torch.optim.Adafactor(
    net.parameters(),
    lr=0.02,
    beta2_decay=-0.7,
    eps=(None, 1e-2),
    d=1.1,
)
weights = train(net, optimizer)

# %%
net = started()
optimizer = torch.optim.Adafactor(
    net.parameters(), lr=0.02, weight_decay=0.1
)
decayed = train(net, optimizer)
