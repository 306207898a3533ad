# %% tags=["setup"]
import numpy as np
import torch

start = np.array([[1.0, -2.0, 3.0]], np.float32)
slope = np.array([[0.1, 0.2, -0.4]], np.float32)
slopes = [slope, -2 * slope[:, ::-1].copy(), 0.5 * slope]


# %%
def trained(make):
    param = torch.nn.Parameter(torch.tensor(start))
    optimizer = make([param])
    for values in slopes:
        param.grad = torch.tensor(values)
        optimizer.step()
    return param.numpy(force=True)


makers = {
    "SGD": lambda params: torch.optim.SGD(
        params, lr=0.1, momentum=0.9
    ),
    "Adam": lambda params: torch.optim.Adam(
        params, lr=0.1, eps=1e-2
    ),
}

# %%
weights = {name: trained(make) for name, make in makers.items()}
for name, weight in weights.items():
    print(f"{name:5}", weight.round(4))
