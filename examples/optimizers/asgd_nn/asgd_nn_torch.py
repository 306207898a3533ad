# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = rng.normal(size=(16, 3)).astype(np.float32)
y = rng.normal(size=(16, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def model():
    net = torch.nn.Linear(3, 2)
    net.weight.data = torch.tensor(weight)
    net.bias.data = torch.tensor(bias)
    return net


# %%
def train(net, optimizer):
    weights = []
    for _ in range(60):
        optimizer.zero_grad()
        error = net(torch.tensor(x)) - torch.tensor(y)
        error.square().mean().backward()
        optimizer.step()
        weights.append(
            [p.numpy(force=True).copy() for p in net.parameters()]
        )
    return weights


# %%
net = model()
optimizer = torch.optim.ASGD(
    [
        {"params": [net.weight], "weight_decay": 0.1},
        {"params": [net.bias], "lr": 0.02},
    ],
    lr=0.1,
    lambd=0.01,
    alpha=0.5,
    t0=20.0,
)
weights = train(net, optimizer)
averages = [
    optimizer.state[p]["ax"].numpy(force=True)
    for p in net.parameters()
]
print(weights[-1][1].round(4))
