# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))


def used(optimizer, scheduler, every):
    rates = []
    for step in range(12):
        with torch.no_grad():
            weight.zero_()
        weight.grad = torch.ones(1)
        optimizer.step()
        rates.append(0 - weight.item())
        if (step + 1) % every == 0:
            scheduler.step()
    print([round(rate, 3) for rate in rates])
    return rates


CosineAnnealingLR = torch.optim.lr_scheduler.CosineAnnealingLR

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = CosineAnnealingLR(optimizer, T_max=8, eta_min=0.01)
per_step = used(optimizer, scheduler, every=1)

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = CosineAnnealingLR(optimizer, T_max=4, eta_min=0.01)
per_epoch = used(optimizer, scheduler, every=2)
