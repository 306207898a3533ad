# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = torch.tensor(rng.normal(size=(8, 1)).astype(np.float32))
first, second = rng.normal(size=(2, 1, 3)).astype(np.float32)


def build(start):
    net = torch.nn.Linear(3, 1, bias=False)
    net.weight.data = torch.tensor(start)
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
    return net.weight.numpy(force=True).copy()


# %%
net, optimizer = build(first)
saved = train(net, optimizer, steps=3)
torch.save(net.state_dict(), "net.pt")
torch.save(optimizer.state_dict(), "optimizer.pt")

uninterrupted = train(net, optimizer, steps=3)
print(uninterrupted.round(4))

# %%
net, optimizer = build(second)
net.load_state_dict(torch.load("net.pt"))
optimizer.load_state_dict(torch.load("optimizer.pt"))

resumed = train(net, optimizer, steps=3)
print(resumed.round(4))

# %%
# The network alone: the momentum starts from zero again.
net, optimizer = build(second)
net.load_state_dict(torch.load("net.pt"))

forgotten = train(net, optimizer, steps=3)
print(forgotten.round(4))
