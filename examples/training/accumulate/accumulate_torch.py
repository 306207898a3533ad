# %% tags=["setup"]
import numpy as np
import torch
from torch import nn

rng = np.random.default_rng(0)
xs = rng.normal(size=(6, 4, 3)).astype(np.float32)
ys = rng.normal(size=(6, 4, 1)).astype(np.float32)
start = rng.normal(size=(1, 3)).astype(np.float32)
dataset = [
    (torch.tensor(x), torch.tensor(y)) for x, y in zip(xs, ys)
]

model = nn.Linear(3, 1)
model.weight.data = torch.tensor(start)
model.bias.data.zero_()
loss_fn = nn.MSELoss()

# %%
x, y = dataset[0]
loss_fn(model(x), y).backward()
once = model.weight.grad.numpy(force=True).copy()
loss_fn(model(x), y).backward()
twice = model.weight.grad.numpy(force=True).copy()
print(once.round(4))
print(twice.round(4))

# %%
optimizer = torch.optim.SGD(
    model.parameters(), lr=0.1, momentum=0.9
)
optimizer.zero_grad()

every, weights = 2, []
for step, (x, y) in enumerate(dataset, start=1):
    loss = loss_fn(model(x), y) / every
    loss.backward()
    if step % every == 0:
        optimizer.step()
        optimizer.zero_grad()
        both = [p.numpy(force=True) for p in model.parameters()]
        weights.append(np.append(*both))
        print(weights[-1].round(4))
