# %% tags=["setup"]
import mindspore as ms
from mindspore.experimental import optim
from mindspore.experimental.optim import lr_scheduler

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")
optimizer = optim.SGD([weight], lr=0.1)


def train(scheduler, steps):
    rates = []
    for _ in range(steps):
        weight.copy_(ms.Tensor([0.0], ms.float32))
        optimizer((ms.Tensor([1.0], ms.float32),))
        scheduler.step()
        rates.append(-weight.item())
    print([round(rate, 4) for rate in rates])
    return rates


# %%
scheduler = lr_scheduler.LambdaLR(optimizer, lambda i: 0.5**i)
before = train(scheduler, 2)

rate = optimizer.param_groups[0]["lr"]
rate.copy_(rate * 8)
overwritten = train(scheduler, 3)

# %%
rate.copy_(rate * 8)
scheduler.base_lrs = [base * 8 for base in scheduler.base_lrs]
kept = train(scheduler, 3)
