# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))


def rates_with(factor):
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, factor
    )
    rates = []
    for epoch in range(4):
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return [round(rate, 4) for rate in rates]


# %%
factors = [1, 0.5, 0.25, 0.125, 0.0625]
by_epoch = dict(enumerate(factors))

indexed = rates_with(lambda epoch: factors[epoch])
looked_up = rates_with(lambda epoch: by_epoch.get(epoch, 1))
whole = rates_with(lambda epoch: by_epoch[int(epoch)])
print(indexed)
print(looked_up)
print(whole)
