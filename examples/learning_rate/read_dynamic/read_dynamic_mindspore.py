# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

# %%
schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, decay_steps=1)
optimizer = ms.nn.SGD([weight], learning_rate=schedule)

rates, others = [], []
for step in range(3):
    rates.append(round(optimizer.get_lr().asnumpy().item(), 6))
    others.append(round(optimizer.get_lr().asnumpy().item(), 6))
    print("step", step, "get_lr", rates[-1], "again", others[-1])
    optimizer((gradient,))

total = start - weight.asnumpy()
