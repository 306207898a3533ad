# %% tags=["setup"]
import mindspore as ms
from mindspore import nn


def used(optimizer, steps):
    weight = optimizer.parameters[0]
    gradient = ms.Tensor([1.0], ms.float32)
    rates = []
    for step in range(steps):
        weight.copy_(ms.Tensor([0.0], ms.float32))
        optimizer((gradient,))
        rates.append(0 - weight.item())
    print([round(rate, 4) for rate in rates])
    return rates


def build(rate):
    weight = ms.Parameter(
        ms.Tensor([0.0], ms.float32), name="weight"
    )
    return nn.SGD([weight], learning_rate=rate)


# %%
schedule = nn.ExponentialDecayLR(0.1, 0.5, decay_steps=1)
first = used(build(schedule), steps=3)
second = used(build(schedule), steps=3)

# %%
rate = schedule(ms.Tensor(0, ms.int32))
fixed = build(rate)
from_value = used(fixed, steps=3)
