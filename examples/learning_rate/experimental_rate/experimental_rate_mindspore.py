# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.experimental import optim

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

# %%
optimizer = optim.SGD([weight], lr=0.1)
scheduler = optim.lr_scheduler.ExponentialLR(optimizer, 0.5)

optimizer.param_groups[0]["lr"] = 0.8

weights = []
for _ in range(3):
    optimizer((gradient,))
    scheduler.step()
    weights.append(weight.asnumpy().copy())

print(np.stack(weights).round(4))
