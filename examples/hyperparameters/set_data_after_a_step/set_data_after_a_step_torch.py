# %% tags=["setup"]
import torch


def begin():
    weight = torch.nn.Parameter(torch.tensor([1.0, 1.0]))
    return weight, torch.optim.SGD([weight], lr=0.1)


def train_step(weight, optimizer):
    optimizer.zero_grad()
    loss = weight.square().sum() / 2
    loss.backward()
    optimizer.step()
    after = weight.numpy(force=True).copy()
    print(after.round(4))
    return after


# %%
weight, optimizer = begin()
before_data = train_step(weight, optimizer)
weight.data = torch.tensor([5.0, 5.0])
after_data = train_step(weight, optimizer)

# %%
weight, optimizer = begin()
before_copy = train_step(weight, optimizer)
with torch.no_grad():
    weight.copy_(torch.tensor([5.0, 5.0]))
after_copy = train_step(weight, optimizer)
