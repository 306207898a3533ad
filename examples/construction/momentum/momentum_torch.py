# %% tags=["setup"]
import numpy as np
import torch
from torch.optim.lr_scheduler import ExponentialLR

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]


def build():
    model = torch.nn.Linear(3, 2)
    for parameter, value in zip(model.parameters(), start):
        parameter.data = torch.tensor(value)
    return model


# %%
def train(model, optimizer, scheduler):
    weights = []
    for _ in range(4):
        optimizer.zero_grad()
        model(x).square().mean().backward()
        optimizer.step()
        scheduler.step()
        weights.append(
            [
                p.numpy(force=True).copy()
                for p in model.parameters()
            ]
        )
    print(weights[-1][1].round(4))
    return weights


# %%
model = build()
optimizer = torch.optim.SGD(
    model.parameters(), lr=0.1, momentum=0.9
)
weights = train(
    model, optimizer, ExponentialLR(optimizer, gamma=0.5)
)

# %%
model = build()
optimizer = torch.optim.SGD(
    model.parameters(), lr=0.1, momentum=0.9, nesterov=True
)
nesterov = train(
    model, optimizer, ExponentialLR(optimizer, gamma=0.5)
)
