# %% tags=["setup"]
import torch


def begin():
    weight = torch.nn.Parameter(torch.tensor([1.0, 1.0]))
    return weight, torch.optim.SGD([weight], lr=0.1)


def train_step(weight, optimizer):
    optimizer.zero_grad()
    weight.sum().backward()
    optimizer.step()
    print(weight.numpy(force=True).round(4))


# %%
weight, optimizer = begin()
train_step(weight, optimizer)
weight.data = torch.tensor([5.0, 5.0])
train_step(weight, optimizer)
after_data = weight.numpy(force=True).copy()

# %%
weight, optimizer = begin()
train_step(weight, optimizer)
with torch.no_grad():
    weight.copy_(torch.tensor([5.0, 5.0]))
train_step(weight, optimizer)
after_copy = weight.numpy(force=True).copy()
