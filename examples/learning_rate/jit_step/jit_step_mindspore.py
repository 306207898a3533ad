# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

optimizer = ms.nn.SGD([weight], learning_rate=0.1)
rate = optimizer.learning_rate


# %%
def compiled(optimizer):
    @ms.jit
    def step(gradient):
        optimizer((gradient,))

    return step


step = compiled(optimizer)
weights = []
for value in (0.1, 0.01, 0.5):
    rate.copy_(ms.Tensor(value))
    step(gradient)
    weights.append(weight.asnumpy().copy())

print(np.stack(weights).round(4))
