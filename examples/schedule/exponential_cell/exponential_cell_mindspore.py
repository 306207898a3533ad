# %% tags=["setup"]
import mindspore as ms
from mindspore import nn

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")


def used(optimizer):
    gradient = ms.Tensor([1.0], ms.float32)
    rates = []
    for step in range(8):
        weight.copy_(ms.Tensor([0.0], ms.float32))
        optimizer((gradient,))
        rates.append(0 - weight.item())
    print([round(rate, 4) for rate in rates])
    return rates


# %%
schedule = nn.ExponentialDecayLR(
    0.1, 0.5, decay_steps=4, is_stair=True
)
optimizer = nn.SGD([weight], learning_rate=schedule)
stairs = used(optimizer)

# %%
schedule = nn.ExponentialDecayLR(0.1, 0.5, decay_steps=4)
optimizer = nn.SGD([weight], learning_rate=schedule)
smooth = used(optimizer)
