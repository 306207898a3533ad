# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.experimental import optim

rng = np.random.default_rng(0)
starts = rng.normal(size=(3, 2)).astype(np.float32)
weights = [
    ms.Parameter(ms.Tensor(starts[i]), name=f"w{i}")
    for i in range(3)
]

# %%
optimizer = ms.nn.SGD(weights, learning_rate=0.01)
rate = optimizer.learning_rate.asnumpy().item()
print(round(rate, 6))

# %%
groups = [
    {"params": weights[:2], "lr": 0.1},
    {"params": weights[2:]},
]
grouped = ms.nn.SGD(groups, learning_rate=0.01)

firsts = [weights[0], weights[2]]
found = grouped.get_lr_parameter(firsts)
rates = [lr.asnumpy().item() for lr in found]
print([round(rate, 6) for rate in rates])

# %%
experimental = optim.SGD(groups, lr=0.01)

found = [experimental.param_groups[n]["lr"] for n in range(2)]
experimental_rates = [lr.asnumpy().item() for lr in found]
print([round(rate, 6) for rate in experimental_rates])
