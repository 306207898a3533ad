# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
xs = rng.normal(size=(6, 4, 3)).astype(np.float32)
ys = rng.normal(size=(6, 4, 1)).astype(np.float32)
start = rng.normal(size=(1, 3)).astype(np.float32)
dataset = [(ms.Tensor(x), ms.Tensor(y)) for x, y in zip(xs, ys)]

model = nn.Dense(
    3, 1, weight_init=ms.Tensor(start), bias_init="zeros"
)
loss_fn = nn.MSELoss()

# %%
grad_fn = ms.value_and_grad(
    lambda x, y: loss_fn(model(x), y),
    None,
    model.trainable_params(),
)

x, y = dataset[0]
once = grad_fn(x, y)[1][0].asnumpy()
twice = grad_fn(x, y)[1][0].asnumpy()
print(once.round(4))
print(twice.round(4))

# %%
optimizer = nn.SGD(
    model.trainable_params(), learning_rate=0.1, momentum=0.9
)
every, weights = 2, []


def forward_fn(x, y):
    return loss_fn(model(x), y) / every


grad_fn = ms.value_and_grad(
    forward_fn, None, optimizer.parameters
)
total = None

for step, (x, y) in enumerate(dataset, start=1):
    loss, grads = grad_fn(x, y)
    total = (
        grads
        if total is None
        else tuple(a + b for a, b in zip(total, grads))
    )
    if step % every == 0:
        optimizer(total)
        total = None
        both = [p.asnumpy() for p in optimizer.parameters]
        weights.append(np.append(*both))
        print(weights[-1].round(4))
