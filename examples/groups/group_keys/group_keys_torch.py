# %% tags=["setup"]
import numpy as np
import torch

start = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], np.float32)
first = np.array([[1.0, -2.0, 3.0], [0.5, 1.0, 2.0]], np.float32)
gradients = [first, 0.3 * first, -0.2 * first]


# %%
def trained(optimizer_class, keys):
    names = ["plain", *keys]
    params = [
        torch.nn.Parameter(torch.tensor(start)) for _ in names
    ]
    groups = [{"params": [param]} for param in params]
    for group, key in zip(groups[1:], keys):
        group[key] = keys[key]
    optimizer = optimizer_class(groups, lr=0.1, momentum=0.5)
    for gradient in gradients:
        for param in params:
            param.grad = torch.tensor(gradient)
        optimizer.step()
    weights = [
        param.detach().numpy(force=True) for param in params
    ]
    return dict(zip(names, weights))


def verdict(weights, key):
    same = np.allclose(weights[key], weights["plain"])
    return "ignored" if same else "honoured"


# %%
keys = {
    "lr": 0.02,
    "weight_decay": 0.3,
    "momentum": 0.9,
    "dampening": 0.4,
    "nesterov": True,
    "maximize": True,
    "learning_rate": 0.02,
}
weights = trained(torch.optim.SGD, keys)
verdicts = {key: verdict(weights, key) for key in keys}
for key in keys:
    print(f"{key:15}{verdicts[key]}")
