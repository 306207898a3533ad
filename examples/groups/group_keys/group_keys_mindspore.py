# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import mint, nn
from mindspore.experimental import optim

start = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], np.float32)
first = np.array([[1.0, -2.0, 3.0], [0.5, 1.0, 2.0]], np.float32)
gradients = [first, 0.3 * first, -0.2 * first]


# %%
def trained(optimizer_class, keys, jit=True):
    names = ["plain", *keys]
    params = [ms.Parameter(start, name=f"w_{n}") for n in names]
    groups = [{"params": [param]} for param in params]
    for group, key in zip(groups[1:], keys):
        group[key] = keys[key]
    optimizer = optimizer_class(groups, 0.1, momentum=0.5)

    def step(*gradients):
        return optimizer(gradients)

    step = ms.jit(step) if jit else step
    for gradient in gradients:
        step(*[ms.Tensor(gradient)] * len(names))
    weights = [param.asnumpy() for param in params]
    return dict(zip(names, weights))


def accepts(optimizer_class, key, value):
    param = ms.Parameter(start, name="param")
    try:
        optimizer_class([{"params": [param], key: value}], 0.1)
    except KeyError:
        return False
    return True


def verdict(weights, key):
    if key not in weights:
        return "KeyError"
    same = np.allclose(weights[key], weights["plain"])
    return "ignored" if same else "honoured"


# %%
keys = {
    "lr": 0.02,
    "weight_decay": 0.3,
    "momentum": 0.9,
    "dampening": 0.4,
    "nesterov": True,
    "maximize": True,
    "learning_rate": 0.02,
}
places = {
    "nn": nn.SGD,
    "experimental": optim.SGD,
    "mint": mint.optim.SGD,
}
weights, verdicts = {}, {}
for place, optimizer_class in places.items():
    taken = {
        k: v
        for k, v in keys.items()
        if accepts(optimizer_class, k, v)
    }
    weights[place] = trained(optimizer_class, taken)
    verdicts[place] = {
        key: verdict(weights[place], key) for key in keys
    }

print("{:15}{:10}{:14}{}".format("", *places))
for key in keys:
    row = [verdicts[place][key] for place in places]
    print("{:15}{:10}{:14}{}".format(key, *row))
