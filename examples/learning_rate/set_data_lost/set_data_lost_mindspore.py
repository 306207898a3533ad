# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

# %%
optimizer = ms.nn.SGD([weight], learning_rate=0.1)
optimizer((gradient,))
before = weight.asnumpy().copy()

# %%
optimizer.learning_rate.set_data(ms.Tensor(0.5))
rate = optimizer.learning_rate.asnumpy().item()
optimizer((gradient,))

moved = before - weight.asnumpy()
print("rate", rate, "moved", moved.round(4))
