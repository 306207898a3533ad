# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))


def used(steps):
    rates = []
    for step in range(steps):
        with torch.no_grad():
            weight.zero_()
        weight.grad = torch.ones(1)
        optimizer.step()
        rates.append(0 - weight.item())
        scheduler.step()
    print([round(rate, 4) for rate in rates])
    return rates


# %%
optimizer = torch.optim.SGD([weight], lr=0.8)
scheduler = torch.optim.lr_scheduler.ExponentialLR(
    optimizer, gamma=0.5
)
before = used(2)
scheduler.gamma = 1.0
after = used(2)
