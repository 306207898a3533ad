# %% tags=["setup"]
import mindspore as ms
from mindspore import nn


def build(rate):
    weight = ms.Parameter(
        ms.Tensor([0.0], ms.float32), name="weight"
    )
    return weight, nn.SGD([weight], learning_rate=rate)


def used(weight, optimizer, steps):
    gradient = ms.Tensor([1.0], ms.float32)
    rates = []
    for step in range(steps):
        weight.copy_(ms.Tensor([0.0], ms.float32))
        optimizer((gradient,))
        rates.append(0 - weight.item())
    print([round(rate, 4) for rate in rates])
    return rates


# %%
schedule = nn.ExponentialDecayLR(0.1, 0.5, decay_steps=1)
weight, optimizer = build(schedule)
before = used(weight, optimizer, 3)
ms.save_checkpoint(optimizer, "optimizer.ckpt")

# %%
schedule = nn.ExponentialDecayLR(0.1, 0.5, decay_steps=1)
weight, optimizer = build(schedule)
saved = ms.load_checkpoint("optimizer.ckpt")
saved_steps = saved["global_step"].asnumpy().tolist()
ms.load_param_into_net(optimizer, saved)
after = used(weight, optimizer, 2)
