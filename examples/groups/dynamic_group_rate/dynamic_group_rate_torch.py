# %% tags=["setup"]
import numpy as np
import torch

start = np.array([1.0, 2.0], np.float32)
gradient = np.array([1.0, -1.0], np.float32)
listed = [0.1, 0.2, 0.4]

# %%
params = [
    torch.nn.Parameter(torch.tensor(start)) for _ in range(3)
]
optimizer = torch.optim.SGD(
    [
        {"params": [params[0]], "lr": 1.0},
        {"params": [params[1]], "lr": 0.8},
        {"params": [params[2]]},
    ],
    lr=0.05,
)
scheduler = torch.optim.lr_scheduler.LambdaLR(
    optimizer,
    [
        lambda step: listed[min(step, 2)],
        lambda step: 0.5**step,
        lambda step: 1.0,
    ],
)

# %%
rates, history = [], []
for step in range(3):
    rates.append(
        [group["lr"] for group in optimizer.param_groups]
    )
    for param in params:
        param.grad = torch.tensor(gradient)
    optimizer.step()
    scheduler.step()
    history.append(
        [p.detach().numpy(force=True).copy() for p in params]
    )
    print(f"step {step}: {np.round(rates[-1], 3)}")
