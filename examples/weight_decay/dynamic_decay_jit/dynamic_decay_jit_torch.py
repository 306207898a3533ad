# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]


def make_net():
    net = torch.nn.Linear(3, 2)
    for param, value in zip(net.parameters(), start):
        param.data = torch.tensor(value)
    return net


def weights(net):
    return [p.numpy(force=True) for p in net.parameters()]


def make_optimizer(net):
    return torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9, weight_decay=0.2
    )


def train_step(net, optimizer):
    optimizer.zero_grad()
    loss = net(x).square().mean()
    loss.backward()
    optimizer.step()


# %%
net = make_net()
optimizer = make_optimizer(net)
for step in range(4):
    train_step(net, optimizer)
    optimizer.param_groups[0]["weight_decay"] *= 0.5
changing = weights(net)
print(changing[1].round(4))

# %%
net = make_net()
optimizer = make_optimizer(net)
for step in range(4):
    train_step(net, optimizer)
constant = weights(net)
print(constant[1].round(4))
