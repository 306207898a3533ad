# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

start = np.array([1.0, 2.0], np.float32)
gradient = np.array([0.5, -0.5], np.float32)

# %%
params = [ms.Parameter(start, name=name) for name in "abc"]
optimizer = nn.SGD(
    [{"params": params[:2], "lr": 0.02}, {"params": params[2:]}],
    learning_rate=0.1,
)
rates = optimizer.get_lr_parameter([params[0], params[2]])
before = [rate.item() for rate in rates]
print([round(rate, 6) for rate in before])

# %%
rates[0].copy_(ms.Tensor(0.5))
after = [rate.item() for rate in rates]
print([round(rate, 6) for rate in after])

optimizer((ms.Tensor(gradient),) * 3)
weights = [param.asnumpy() for param in params]
for weight in weights:
    print(weight.round(3))
