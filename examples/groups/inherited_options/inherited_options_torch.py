# %% tags=["setup"]
import numpy as np
import torch

start = np.array([1.0, 2.0, 3.0], np.float32)
gradient = np.array([0.5, -1.0, 2.0], np.float32)


# %%
def updated(optimizer_class):
    params = [
        torch.nn.Parameter(torch.tensor(start)) for _ in range(4)
    ]
    groups = [
        {"params": [params[0]]},
        {"params": [params[1]], "lr": 0.5},
        {"params": [params[2]], "weight_decay": 0.25},
        {"params": [params[3]], "lr": 0.5, "weight_decay": 0.25},
    ]
    optimizer = optimizer_class(
        groups, lr=0.1, weight_decay=0.125
    )
    for param in params:
        param.grad = torch.tensor(gradient)
    optimizer.step()
    return [param.detach().numpy(force=True) for param in params]


# %%
weights = updated(torch.optim.SGD)
for weight in weights:
    print(weight.round(4))
