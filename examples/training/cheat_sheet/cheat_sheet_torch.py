# %% tags=["setup"]
import numpy as np
import torch
from torch import nn

rng = np.random.default_rng(0)
xs = rng.normal(size=(4, 8, 3)).astype(np.float32)
ys = rng.normal(size=(4, 8, 2)).astype(np.float32)
start = rng.normal(size=(2, 3)).astype(np.float32)
net = nn.Sequential(nn.Linear(3, 2), nn.Dropout(0.0))
with torch.no_grad():
    net[0].weight.copy_(torch.tensor(start))
    net[0].bias.zero_()
loss_fn = nn.MSELoss()

# %%
torch.manual_seed(0)
device = torch.device("cpu")
net.to(device)
data = [
    (torch.tensor(x).to(device), torch.tensor(y).to(device))
    for x, y in zip(xs, ys)
]

# %%
sgd = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)

# %%
weights = [p for p in net.parameters() if p.ndim > 1]
others = [p for p in net.parameters() if p.ndim <= 1]
optimizer = torch.optim.AdamW(
    [
        {"params": weights, "weight_decay": 0.1},
        {"params": others, "weight_decay": 0.0},
    ],
    lr=0.1,
)

# %%
scheduler = torch.optim.lr_scheduler.LambdaLR(
    optimizer, lambda epoch: 0.9**epoch
)

# %%
losses = []
net.train()
for x, y in data:
    optimizer.zero_grad()
    loss = loss_fn(net(x), y)
    loss.backward()
    optimizer.step()
    scheduler.step()
    losses.append(loss.item())
print(np.round(losses, 4))

# %%
rate = scheduler.get_last_lr()[0]
optimizer.param_groups[0]["lr"] = 0.05
print(f"{rate:.4f}")

# %%
optimizer.zero_grad()
loss = loss_fn(net(x), y)
loss.backward()
nn.utils.clip_grad_norm_(net.parameters(), max_norm=0.1)
optimizer.step()
print(f"{loss.item():.4f}")

# %%
torch.save(
    {
        "net": net.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
    },
    "run.pt",
)

# %%
optimizer.zero_grad()
for n, (x, y) in enumerate(data, 1):
    loss = loss_fn(net(x), y) / 4
    loss.backward()
    if n % 4 == 0:
        optimizer.step()
        optimizer.zero_grad()


# %%
def step(x, y):
    sgd.zero_grad()
    loss = loss_fn(net(x), y)
    loss.backward()
    sgd.step()
    return loss


compiled_losses = [step(x, y).item() for x, y in data]
print(np.round(compiled_losses, 4))

# %%
state = torch.load("run.pt")
net.load_state_dict(state["net"])
optimizer.load_state_dict(state["optimizer"])
scheduler.load_state_dict(state["scheduler"])

# %%
net.eval()
with torch.no_grad():
    evaluated = loss_fn(net(x), y).item()
print(f"{evaluated:.4f}")
