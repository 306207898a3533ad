# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def make_net():
    net = torch.nn.Linear(3, 1, bias=False)
    net.weight.data = torch.tensor(start)
    return net


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
weight = net.weight.numpy(force=True)
print(weight.round(4))

# %%
net = make_net()
optimizer = make_optimizer(net)
for step in range(4):
    train_step(net, optimizer)
constant = net.weight.numpy(force=True)
print(constant.round(4))
