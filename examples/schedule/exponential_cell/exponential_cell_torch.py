# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))


def used(optimizer, scheduler, every):
    rates = []
    for step in range(8):
        with torch.no_grad():
            weight.zero_()
        weight.grad = torch.ones(1)
        optimizer.step()
        rates.append(0 - weight.item())
        if (step + 1) % every == 0:
            scheduler.step()
    print([round(rate, 4) for rate in rates])
    return rates


ExponentialLR = torch.optim.lr_scheduler.ExponentialLR

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = ExponentialLR(optimizer, gamma=0.5)
stairs = used(optimizer, scheduler, every=4)

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = ExponentialLR(optimizer, gamma=0.5 ** (1 / 4))
smooth = used(optimizer, scheduler, every=1)
