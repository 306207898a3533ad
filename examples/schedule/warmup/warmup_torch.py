# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))


def used(optimizer, scheduler):
    rates = []
    for step in range(9):
        with torch.no_grad():
            weight.zero_()
        weight.grad = torch.ones(1)
        optimizer.step()
        rates.append(0 - weight.item())
        scheduler.step()
    print([round(rate, 4) for rate in rates])
    return rates


schedulers = torch.optim.lr_scheduler

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = schedulers.LinearLR(
    optimizer, start_factor=0.25, total_iters=3
)
warmup = used(optimizer, scheduler)

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = schedulers.SequentialLR(
    optimizer,
    [
        schedulers.LinearLR(optimizer, 0.25, total_iters=3),
        schedulers.CosineAnnealingLR(optimizer, T_max=5),
    ],
    milestones=[3],
)
then_cosine = used(optimizer, scheduler)
