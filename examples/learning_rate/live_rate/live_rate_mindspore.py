# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

# %%
optimizer = ms.nn.SGD([weight], learning_rate=0.1)
rate = optimizer.learning_rate

history, arrays, numbers = [], [], []
for _ in range(3):
    history.append(optimizer.get_lr())
    arrays.append(optimizer.get_lr().asnumpy())
    numbers.append(optimizer.get_lr().asnumpy().item())
    rate.copy_(rate * 0.5)

print([round(lr.asnumpy().item(), 6) for lr in history])
print([round(lr.item(), 6) for lr in arrays])
print([round(lr, 6) for lr in numbers])
