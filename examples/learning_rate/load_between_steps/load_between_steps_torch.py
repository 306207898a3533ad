# %% tags=["setup"]
import torch

x = torch.ones(2, 3)
net = torch.nn.Linear(3, 1, bias=False)
net.weight.data = torch.ones(1, 3)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)


def train_step():
    optimizer.zero_grad()
    loss = net(x).square().mean()
    loss.backward()
    optimizer.step()
    return round(loss.item(), 4)


# %%
print(train_step())

net.load_state_dict({"weight": torch.full((1, 3), 2.0)})

losses = [train_step() for _ in range(3)]
print(losses)
weight = net.weight.numpy(force=True)
print(weight)
