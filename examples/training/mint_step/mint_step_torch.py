# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

model = torch.nn.Linear(3, 1, bias=False)
model.weight.data = torch.tensor(start)

# %%
optimizer = torch.optim.SGD(
    model.parameters(), lr=0.1, momentum=0.9
)


def train_step():
    optimizer.zero_grad()
    loss = model(x).square().mean()
    loss.backward()
    optimizer.step()


weights = []
for _ in range(3):
    train_step()
    weights.append(model.weight.numpy(force=True).copy())
    print(weights[-1].round(4))

# %%
model.weight.data = torch.tensor(start)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.ExponentialLR(
    optimizer, gamma=0.5
)

scheduled = []
for _ in range(3):
    train_step()
    scheduler.step()
    scheduled.append(model.weight.numpy(force=True).copy())
    rate = optimizer.param_groups[0]["lr"]
    print(f"{rate:.4f}", scheduled[-1].round(4))
