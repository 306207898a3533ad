# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

# %%
optimizer = ms.nn.SGD([weight], learning_rate=0.1)

try:
    optimizer.learning_rate = 0.01
except TypeError as error:
    refused = str(error).splitlines()[0]
    print("TypeError", refused[:60], "...")
ignored = optimizer.learning_rate.asnumpy().item()
print(round(ignored, 6))

ms.ops.assign(optimizer.learning_rate, 0.01)
taken = optimizer.learning_rate.asnumpy().item()
print(round(taken, 6))
