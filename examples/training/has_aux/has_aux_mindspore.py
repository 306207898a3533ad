# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 1)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

model = nn.Dense(
    3, 1, weight_init=ms.Tensor(start), has_bias=False
)
loss_fn = nn.MSELoss()
weights = model.trainable_params()


# %%
def forward_fn(x, y):
    output = model(x)
    return loss_fn(output, y), output


grad_fn = ms.value_and_grad(
    forward_fn, None, weights, has_aux=True
)
(loss, output), grads = grad_fn(x, y)
gradient = grads[0].asnumpy()
print(gradient.round(4))

# %%
grad_fn = ms.value_and_grad(forward_fn, None, weights)
(loss, output), grads = grad_fn(x, y)
gradient_of_both = grads[0].asnumpy()
print(gradient_of_both.round(4))
