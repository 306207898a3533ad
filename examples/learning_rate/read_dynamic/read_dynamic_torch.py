# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)

rates, others = [], []
for step in range(3):
    rates.append(scheduler.get_last_lr()[0])
    others.append(scheduler.get_lr()[0])
    print(
        "step",
        step,
        "get_last_lr",
        rates[-1],
        "get_lr",
        others[-1],
    )
    weight.grad = gradient
    optimizer.step()
    scheduler.step()

total = start - weight.numpy(force=True)
