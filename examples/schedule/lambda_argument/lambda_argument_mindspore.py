# %% tags=["setup"]
import mindspore as ms
from mindspore.experimental import optim

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")


def rates_with(factor):
    optimizer = optim.SGD([weight], lr=0.1)
    scheduler = optim.lr_scheduler.LambdaLR(optimizer, factor)
    rates = []
    for epoch in range(4):
        rates.append(scheduler.get_last_lr()[0].item())
        scheduler.step()
    return [round(rate, 4) for rate in rates]


# %%
factors = [1, 0.5, 0.25, 0.125, 0.0625]
by_epoch = dict(enumerate(factors))

try:
    indexed = rates_with(lambda epoch: factors[epoch])
except ValueError as error:
    indexed = f"{type(error).__name__}: {error}".split("\n")[0]
looked_up = rates_with(lambda epoch: by_epoch.get(epoch, 1))
whole = rates_with(lambda epoch: by_epoch[int(epoch)])
print(indexed)
print(looked_up)
print(whole)
