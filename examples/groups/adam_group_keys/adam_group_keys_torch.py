# %% tags=["setup"]
import numpy as np
import torch

start = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], np.float32)
first = np.array([[1.0, -2.0, 3.0], [0.5, 1.0, 2.0]], np.float32)
gradients = [first, 0.1 * first, 0.2 * first, 0.1 * first]


# %%
def trained(optimizer_class, keys):
    names = ["plain", *keys]
    params = [
        torch.nn.Parameter(torch.tensor(start)) for _ in names
    ]
    groups = [{"params": [param]} for param in params]
    for group, key in zip(groups[1:], keys):
        group[key] = keys[key]
    optimizer = optimizer_class(groups, lr=0.1, betas=(0.5, 0.6))
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
    "betas": (0.8, 0.9),
    "eps": 1.0,
    "amsgrad": True,
    "maximize": True,
}
weights, verdicts = {}, {}
for name in ("Adam", "AdamW"):
    weights[name] = trained(getattr(torch.optim, name), keys)
    verdicts[name] = {
        key: verdict(weights[name], key) for key in keys
    }
    print(f"{name}:")
    for key in keys:
        print(f"  {key:14}{verdicts[name][key]}")
