# %% tags=["setup"]
import torch
from torch.optim import lr_scheduler

weight = torch.nn.Parameter(torch.zeros(1))
optimizer = torch.optim.SGD([weight], lr=0.1)


def train(scheduler, steps):
    rates = []
    for _ in range(steps):
        weight.data.zero_()
        weight.grad = torch.ones(1)
        optimizer.step()
        scheduler.step()
        rates.append(-weight.item())
    print([round(rate, 4) for rate in rates])
    return rates


# %%
scheduler = lr_scheduler.LambdaLR(optimizer, lambda i: 0.5**i)
before = train(scheduler, 2)

optimizer.param_groups[0]["lr"] *= 8
overwritten = train(scheduler, 3)

# %%
optimizer.param_groups[0]["lr"] *= 8
scheduler.base_lrs = [rate * 8 for rate in scheduler.base_lrs]
kept = train(scheduler, 3)
