# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, decay_steps=1)
optimizer = ms.nn.SGD([weight], learning_rate=schedule)

# %%
weights, steps = [], []
for _ in range(3):
    optimizer((gradient,))
    steps.append(optimizer.global_step.asnumpy().item())
    weights.append(weight.asnumpy().copy())
    print(weights[-1].round(4), "global_step", steps[-1])
