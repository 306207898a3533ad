# %% tags=["setup"]
import torch

net = torch.nn.Linear(3, 1, bias=False)


def build(**hyperparameters):
    return torch.optim.SGD(net.parameters(), **hyperparameters)


def read(optimizer):
    group = optimizer.param_groups[0]
    names = ("lr", "momentum", "weight_decay")
    return {name: group[name] for name in names}


# %%
old = build(lr=0.1, momentum=0.9, weight_decay=0.0)
torch.save(old.state_dict(), "optimizer.pt")

# %%
optimizer = build(lr=0.01, momentum=0.5, weight_decay=0.2)
new = read(optimizer)
optimizer.load_state_dict(torch.load("optimizer.pt"))
loaded = read(optimizer)
print(loaded)

# %%
# Set the new rate after loading.
optimizer.param_groups[0]["lr"] = 0.01
mended = read(optimizer)
print(mended)
