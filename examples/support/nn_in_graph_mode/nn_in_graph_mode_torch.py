# %% tags=["setup"]
import inspect

import numpy as np
import torch

start = np.array([[1.0, -2.0, 3.0]], np.float32)
slope = np.array([[0.1, 0.2, -0.4]], np.float32)
kinds = {3: "moves", 0: "moves nothing"}
classes = {
    name: found
    for name, found in sorted(vars(torch.optim).items())
    if inspect.isclass(found)
    and issubclass(found, torch.optim.Optimizer)
    and found is not torch.optim.Optimizer
}


# %%
def one_step(name, optimizer_class):
    param = torch.nn.Parameter(torch.tensor(start))
    param.grad = torch.tensor(slope)
    if name == "SparseAdam":
        param.grad = param.grad.to_sparse()
    optimizer = optimizer_class([param], lr=0.1)
    optimizer.step(lambda: param.square().sum())
    return param.numpy(force=True)


# %%
outcomes = {}
for name, optimizer_class in classes.items():
    weight = one_step(name, optimizer_class)
    moved = (weight != start).sum()
    outcomes[name] = kinds.get(moved, "moves some")
    print(f"{name:12}", outcomes[name])
