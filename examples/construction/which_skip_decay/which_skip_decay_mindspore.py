# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

names = ["weight", "bias", "norm.gamma", "norm.beta"]
ones = np.ones((2, 2), np.float32)


def build():
    return [ms.Parameter(ms.Tensor(ones), name=n) for n in names]


# %%
def decayed(optimizer, weights):
    optimizer(tuple(ms.ops.zeros_like(w) for w in weights))
    moved = [(weight.asnumpy() != 1).all() for weight in weights]
    return [name for name, m in zip(names, moved) if m]


classes = {
    nn.SGD: {},
    nn.Momentum: {"learning_rate": 0.1, "momentum": 0.9},
    nn.Adam: {},
    nn.AdamWeightDecay: {},
    nn.RMSProp: {},
    nn.AdaFactor: {},
}
outcome = {}
for cls, options in classes.items():
    weights = build()
    which = decayed(
        cls(weights, weight_decay=0.5, **options), weights
    )
    outcome[cls.__name__] = which
    print(f"{cls.__name__:16}", *which)
