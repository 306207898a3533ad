# %% tags=["setup"]
import numpy as np
import torch
from torch import nn

rng = np.random.default_rng(0)
xs = rng.normal(size=(3, 8, 4)).astype(np.float32)
ys = rng.normal(size=(3, 8, 1)).astype(np.float32)
shapes = (5, 4), (5,), (1, 5), (1,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]
dataset = [
    (torch.tensor(x), torch.tensor(y)) for x, y in zip(xs, ys)
]

model = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 1))
for parameter, value in zip(model.parameters(), start):
    parameter.data = torch.tensor(value)
parameters = list(model.parameters())
loss_fn = nn.MSELoss()

# %%
optimizer = torch.optim.SGD(
    model.parameters(), lr=0.05, momentum=0.9
)
scheduler = torch.optim.lr_scheduler.ExponentialLR(
    optimizer, gamma=0.9
)


def train_step(x, y):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss


# %%
losses, weights = [], []
for epoch in range(3):
    for x, y in dataset:
        losses.append(train_step(x, y).item())
        weights.append(
            [p.numpy(force=True).copy() for p in parameters]
        )
    scheduler.step()
    print(f"loss {losses[-1]:.5f}")
