# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = rng.normal(size=(8, 3)).astype(np.float32)
y = rng.normal(size=(8, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def trained(make, scale=1.0):
    net = torch.nn.Linear(3, 2)
    net.weight.data = torch.tensor(weight)
    net.bias.data = torch.tensor(bias)
    optimizer = make(net.parameters())
    for _ in range(20):
        optimizer.zero_grad()
        error = net(torch.tensor(x)) - torch.tensor(y)
        (scale * error.square().mean()).backward()
        optimizer.step()
    return [p.numpy(force=True) for p in net.parameters()]


# %%
updated = trained(
    lambda params: torch.optim.Adagrad(params, lr=0.1, eps=1e-2)
)
print(updated[1].round(4))

# %%
with_all = trained(
    lambda params: torch.optim.Adagrad(
        params,
        lr=0.1,
        lr_decay=0.1,
        weight_decay=0.1,
        initial_accumulator_value=0.1,
        eps=1e-2,
    )
)
print(with_all[1].round(4))

# %%
usual_eps = trained(
    lambda params: torch.optim.Adagrad(params, lr=0.1)
)
print(usual_eps[1].round(4))

# %%
unused = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
unused.grad = torch.tensor([0.0, 0.5])
torch.optim.Adagrad([unused], lr=0.1).step()
unused = unused.numpy(force=True)
print(unused.round(4))
