# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = rng.normal(size=(8, 3)).astype(np.float32)
y = rng.normal(size=(8, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def trained(optimizer_class, scale=1.0, **options):
    net = torch.nn.Linear(3, 2)
    net.weight.data = torch.tensor(weight)
    net.bias.data = torch.tensor(bias)
    optimizer = optimizer_class(net.parameters(), **options)
    for _ in range(20):
        optimizer.zero_grad()
        error = net(torch.tensor(x)) - torch.tensor(y)
        (scale * error.square().mean()).backward()
        optimizer.step()
    return [p.numpy(force=True) for p in net.parameters()]


# %%
weights = {
    "Adadelta": trained(
        torch.optim.Adadelta, lr=0.5, rho=0.8, eps=1e-2
    ),
    "Adafactor": trained(torch.optim.Adafactor, lr=0.01),
    "Adamax": trained(torch.optim.Adamax, lr=0.01, eps=1e-2),
    "ASGD": trained(torch.optim.ASGD, lr=0.1, lambd=0.01, t0=5.0),
    "Rprop": trained(
        torch.optim.Rprop, lr=0.01, step_sizes=(1e-3, 0.05)
    ),
    "SGD": trained(
        torch.optim.SGD, lr=0.1, momentum=0.9, dampening=0.5
    ),
}
for name, (_, bias_after) in weights.items():
    print(f"{name:9}", bias_after.round(4))
