# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import mint

start = np.array([[1.0, -2.0, 3.0]], np.float32)
slope = np.array([[0.1, 0.2, -0.4]], np.float32)
slopes = [slope, -2 * slope[:, ::-1].copy(), 0.5 * slope]


# %%
def trained(make, jit=False):
    param = ms.Parameter(ms.Tensor(start), name="param")
    optimizer = make([param])

    def step(gradient):
        optimizer((gradient,))
        return param.sum()

    step = ms.jit(step) if jit else step
    for values in slopes:
        step(ms.Tensor(values))
    return param.asnumpy()


makers = {
    "SGD": lambda params: mint.optim.SGD(
        params, lr=0.1, momentum=0.9
    ),
    "Adam": lambda params: mint.optim.Adam(
        params, lr=0.1, eps=1e-2
    ),
}

# %%
weights = {
    name: trained(make, True) for name, make in makers.items()
}
for name, weight in weights.items():
    print(f"{name:5}", weight.round(4))

# %%
silent = {name: trained(make) for name, make in makers.items()}
for name, weight in silent.items():
    print(f"{name:5}", weight.round(4))

# %%
tensor = ms.Tensor([1.0, 2.0])
returned = tensor.add_(ms.Tensor([0.5, 0.5]))
print(tensor, returned)
