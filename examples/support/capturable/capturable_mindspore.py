# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.experimental import optim

start = np.array([1.0, -2.0, 3.0], np.float32)
slope = np.array([0.1, 0.2, -0.4], np.float32)
slopes = [slope, -2 * slope[::-1].copy(), 0.5 * slope]

# %%
param = ms.Parameter(ms.Tensor(start), name="param")
optimizer = optim.Adam([param], lr=0.1)


@ms.jit
def step(gradient):
    return optimizer((gradient,))


for values in slopes:
    step(ms.Tensor(values))
weight = param.asnumpy()
print(weight.round(4))
