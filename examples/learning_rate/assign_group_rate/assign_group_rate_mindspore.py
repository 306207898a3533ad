# %% tags=["setup"]
import mindspore as ms
import numpy as np

rng = np.random.default_rng(0)
starts = rng.normal(size=(3, 2)).astype(np.float32)
weights = [
    ms.Parameter(ms.Tensor(starts[i]), name=f"w{i}")
    for i in range(3)
]

gradients = [ms.ops.ones(2), ms.ops.ones(2), ms.ops.ones(2)]

# %%
groups = [
    {"params": weights[:2], "lr": 0.1},
    {"params": weights[2:]},
]
optimizer = ms.nn.SGD(groups, learning_rate=0.01)

rate = optimizer.get_lr_parameter(weights[0])
rate.copy_(ms.Tensor(0.5, ms.float32))

optimizer(tuple(gradients))
moved = starts - [weight.asnumpy() for weight in weights]
print(moved.round(4))
