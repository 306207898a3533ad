# %% tags=["setup"]
import numpy as np
import torch

start = {
    "first": np.array([1.0, 2.0], np.float32),
    "second": np.array([3.0, 4.0], np.float32),
    "third": np.array([5.0, 6.0], np.float32),
}
gradient = {
    "first": np.array([1.0, 1.0], np.float32),
    "second": np.array([10.0, 10.0], np.float32),
    "third": np.array([20.0, 20.0], np.float32),
}

# %%
params = {
    k: torch.nn.Parameter(torch.tensor(v))
    for k, v in start.items()
}
optimizer = torch.optim.SGD(
    [
        {"params": [params["third"]], "lr": 0.01},
        {"params": [params["first"], params["second"]]},
    ],
    lr=0.1,
)

# %%
for name, param in params.items():
    param.grad = torch.tensor(gradient[name])
optimizer.step()
weights = {
    k: p.detach().numpy(force=True) for k, p in params.items()
}
for name, weight in weights.items():
    print(name, weight.round(3))
