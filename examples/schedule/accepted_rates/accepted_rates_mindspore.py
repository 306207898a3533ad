# %% tags=["setup"]
import mindspore as ms
from mindspore import nn
from mindspore.experimental import optim

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")


def attempt(rate, optimizer_class=nn.SGD):
    try:
        optimizer = optimizer_class([weight], rate)
        rates = []
        for step in range(2):
            weight.copy_(ms.Tensor([0.0], ms.float32))
            optimizer((ms.Tensor([1.0], ms.float32),))
            rates.append(round(0 - weight.item(), 4))
    except Exception as error:
        return f"{type(error).__name__}: {error}".split("\n")[0][
            :58
        ]
    return rates


# %%
values = {
    "int": 1,
    "list": [0.2, 0.1],
    "list of int": [2, 1],
    "tuple": (0.2, 0.1),
    "generator": (0.1 * n for n in (2, 1)),
    "tensor": ms.Tensor(0.1, ms.float32),
    "negative": -0.1,
    "negative in list": [-0.2, 0.1],
}
got = {name: attempt(rate) for name, rate in values.items()}
for name, rates in got.items():
    print(f"{name}: {rates}")

# %%
cell = nn.ExponentialDecayLR(0.2, 0.5, decay_steps=1)
print("nn.SGD:", attempt(cell))
print("experimental, list:", attempt([0.2, 0.1], optim.SGD))
print("experimental, schedule:", attempt(cell, optim.SGD))
