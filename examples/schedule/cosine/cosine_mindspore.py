# %% tags=["setup"]
import mindspore as ms
from mindspore import nn

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")


def used(optimizer):
    gradient = ms.Tensor([1.0], ms.float32)
    rates = []
    for step in range(12):
        weight.copy_(ms.Tensor([0.0], ms.float32))
        optimizer((gradient,))
        rates.append(0 - weight.item())
    print([round(rate, 3) for rate in rates])
    return rates


# %%
schedule = nn.CosineDecayLR(
    min_lr=0.01, max_lr=0.1, decay_steps=8
)
optimizer = nn.SGD([weight], learning_rate=schedule)
per_step = used(optimizer)

# %%
rates = nn.cosine_decay_lr(
    0.01, 0.1, total_step=12, step_per_epoch=2, decay_epoch=4
)
optimizer = nn.SGD([weight], learning_rate=rates)
per_epoch = used(optimizer)
