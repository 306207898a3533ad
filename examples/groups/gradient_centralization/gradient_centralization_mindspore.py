# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.RandomState(0)
start = rng.randn(4, 3, 3, 3).astype(np.float32)
gradient = (rng.randn(4, 3, 3, 3) + 1).astype(np.float32)

# %%
weight = ms.Parameter(start, name="weight")
optimizer = nn.SGD([weight], learning_rate=0.1)
grad = ms.Tensor(gradient)

grad = grad - grad.mean(axis=(1, 2, 3), keep_dims=True)
optimizer((grad,))

moved = weight.asnumpy() - start
print(abs(moved.mean(axis=(1, 2, 3))).round(4))

# %%
weight = ms.Parameter(start, name="weight")
groups = [{"params": [weight], "grad_centralization": True}]
optimizer = nn.SGD(groups, learning_rate=0.1)
optimizer((ms.Tensor(gradient),))

with_the_key = weight.asnumpy() - start
print(abs(with_the_key.mean(axis=(1, 2, 3))).round(4))
