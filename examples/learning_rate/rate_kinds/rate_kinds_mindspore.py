# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

# %%
fixed = ms.nn.SGD([weight], learning_rate=0.1)
rate = fixed.learning_rate
print(type(rate).__name__, rate.dtype, rate.shape)

# %%
rates = [0.1, 0.05, 0.025]
listed = ms.nn.SGD([weight], learning_rate=rates)
rate = listed.get_lr_parameter(weight)
print(type(rate).__name__, rate.dtype, rate.shape)

# %%
schedule = ms.nn.ExponentialDecayLR(0.1, 0.5, decay_steps=1)
computed = ms.nn.SGD([weight], learning_rate=schedule)
rate = computed.learning_rate
print(type(rate).__name__)

# %%
step = listed.global_step
print(type(step).__name__, step.dtype, step.shape)
