# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

ms.set_context(mode=ms.GRAPH_MODE)
optimizer = ms.nn.SGD([weight], learning_rate=0.1)
rate = optimizer.learning_rate


# %%
def step():
    before = weight.asnumpy().copy()
    optimizer((gradient,))
    return before - weight.asnumpy()


moved = [step()]

rate.copy_(ms.Tensor(0.01))
moved.append(step())

rate.set_data(ms.Tensor(0.5))
moved.append(step())

print(np.stack(moved).round(4))
