# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import mint, nn
from mindspore.experimental import optim

start = np.array([1.0, 2.0, 3.0], np.float32)
gradient = np.array([0.5, -1.0, 2.0], np.float32)


# %%
def updated(optimizer_class, compiled=False):
    params = [ms.Parameter(start, name=n) for n in "abcd"]
    groups = [
        {"params": [params[0]]},
        {"params": [params[1]], "lr": 0.5},
        {"params": [params[2]], "weight_decay": 0.25},
        {"params": [params[3]], "lr": 0.5, "weight_decay": 0.25},
    ]
    optimizer = optimizer_class(groups, 0.1, weight_decay=0.125)

    def step(*gradients):
        return optimizer(gradients)

    if compiled:
        step = ms.jit(step)
    step(*[ms.Tensor(gradient)] * 4)
    return [param.asnumpy() for param in params]


# %%
weights = updated(nn.SGD)
for weight in weights:
    print(weight.round(4))

# %%
experimental = updated(optim.SGD)
mint_compiled = updated(mint.optim.SGD, compiled=True)
mint_eager = updated(mint.optim.SGD)
print("experimental: ", experimental[3].round(4))
print("mint, jit:    ", mint_compiled[3].round(4))
print("mint, PyNative", mint_eager[3].round(4))
