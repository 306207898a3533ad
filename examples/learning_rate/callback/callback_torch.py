# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = rng.normal(size=(6, 3)).astype(np.float32)
y = rng.normal(size=(6, 1)).astype(np.float32)
start = rng.normal(size=(1, 3)).astype(np.float32)

net = torch.nn.Linear(3, 1, bias=False)
net.weight.data = torch.tensor(start)
loss_fn = torch.nn.MSELoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)


# %%
def change(rate, step):
    return rate * 0.5 if step % 2 == 0 else rate


# %%
rates = []
for step in range(1, 7):
    data, label = (
        torch.tensor(x[step - 1]),
        torch.tensor(y[step - 1]),
    )
    group = optimizer.param_groups[0]
    rates.append(group["lr"])
    optimizer.zero_grad()
    loss = loss_fn(net(data), label)
    loss.backward()
    optimizer.step()
    group["lr"] = change(group["lr"], step)

weight = net.weight.numpy(force=True)
print([round(rate, 6) for rate in rates])
print(weight.round(4))
