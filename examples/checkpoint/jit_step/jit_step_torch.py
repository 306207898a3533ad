# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(8, 1)).astype(np.float32))
first, second = rng.normal(size=(2, 1, 3)).astype(np.float32)


def build(start):
    net = torch.nn.Linear(3, 1)
    net.weight.data = torch.tensor(start)
    net.bias.data.zero_()
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    return net, optimizer


def train(net, optimizer, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (net(x) - y).square().mean()
        loss.backward()
        optimizer.step()
    weights = [p.numpy(force=True) for p in net.parameters()]
    return np.append(*weights)


# %%
net, optimizer = build(first)
train(net, optimizer, steps=3)
state = {
    "net": net.state_dict(),
    "optimizer": optimizer.state_dict(),
}
torch.save(state, "all.pt")
uninterrupted = train(net, optimizer, steps=3)
print(uninterrupted.round(4))

# %%
net, optimizer = build(second)
state = torch.load("all.pt")
net.load_state_dict(state["net"])
optimizer.load_state_dict(state["optimizer"])
resumed = train(net, optimizer, steps=3)
print(resumed.round(4))

# %%
# Loaded after the first step.
net, optimizer = build(second)
before_load = train(net, optimizer, steps=1)
state = torch.load("all.pt")
net.load_state_dict(state["net"])
optimizer.load_state_dict(state["optimizer"])
late = train(net, optimizer, steps=3)
print(late.round(4))
