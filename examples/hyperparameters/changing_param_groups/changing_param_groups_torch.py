# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def train(build, change, at=2):
    net = torch.nn.Linear(3, 1)
    net.weight.data = torch.tensor(start)
    net.bias.data.zero_()
    optimizer = build(net.parameters())
    for step in range(5):
        if step == at:
            change(optimizer)
        optimizer.zero_grad()
        loss = net(x).square().mean()
        loss.backward()
        optimizer.step()
    weights = [p.numpy(force=True) for p in net.parameters()]
    return np.append(*weights)


# %%
def build(params):
    return torch.optim.SGD(
        params, lr=0.1, momentum=0.9, weight_decay=0.1
    )


unchanged = train(build, lambda optimizer: None)
print(unchanged.round(4))


# %%
def change_rate(optimizer):
    optimizer.param_groups[0]["lr"] = 0.02


rate = train(build, change_rate)
print(rate.round(4))


# %%
def change_momentum(optimizer):
    optimizer.param_groups[0]["momentum"] = 0.5


momentum = train(build, change_momentum)
print(momentum.round(4))


# %%
def change_decay(optimizer):
    optimizer.param_groups[0]["weight_decay"] = 0.7


weight_decay = train(build, change_decay)
print(weight_decay.round(4))


# %%
def change_to_tensor(optimizer):
    new = torch.tensor(0.02)
    optimizer.param_groups[0]["lr"] = new


tensor_rate = train(build, change_to_tensor)
print(tensor_rate.round(4))
