# %% tags=["setup"]
import torch


def used(optimizer, scheduler, steps):
    weight = optimizer.param_groups[0]["params"][0]
    rates = []
    for step in range(steps):
        with torch.no_grad():
            weight.zero_()
        weight.grad = torch.ones(1)
        optimizer.step()
        rates.append(0 - weight.item())
        if scheduler:
            scheduler.step()
    print([round(rate, 4) for rate in rates])
    return rates


def build():
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(
        optimizer, gamma=0.5
    )
    return optimizer, scheduler


# %%
first = used(*build(), steps=3)
second = used(*build(), steps=3)

# %%
optimizer, scheduler = build()
rate = scheduler.get_last_lr()[0]
weight = torch.nn.Parameter(torch.zeros(1))
fixed = torch.optim.SGD([weight], lr=rate)
from_value = used(fixed, None, steps=3)
