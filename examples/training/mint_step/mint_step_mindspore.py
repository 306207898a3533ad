# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import mint
from mindspore.experimental.optim.lr_scheduler import (
    ExponentialLR,
)

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

model = ms.nn.Dense(
    3, 1, weight_init=ms.Tensor(start), has_bias=False
)

# %%
optimizer = mint.optim.SGD(
    model.trainable_params(), lr=0.1, momentum=0.9
)


def forward_fn():
    return model(x).square().mean()


grad_fn = ms.value_and_grad(
    forward_fn, None, optimizer.parameters
)


def train_step():
    loss, grads = grad_fn()
    optimizer(grads)


eager_weights = []
for _ in range(3):
    train_step()
    eager_weights.append(model.weight.asnumpy().copy())
    print(eager_weights[-1].round(4))

# %%
optimizer = mint.optim.SGD(
    model.trainable_params(), lr=0.1, momentum=0.9
)
jit_step = ms.jit(train_step)

weights = []
for _ in range(3):
    jit_step()
    weights.append(model.weight.asnumpy().copy())
    print(weights[-1].round(4))

# %%
model.weight.copy_(ms.Tensor(start))
optimizer = mint.optim.SGD(model.trainable_params(), lr=0.1)
scheduler = ExponentialLR(optimizer, gamma=0.5)


@ms.jit
def scheduled_step():
    loss, grads = grad_fn()
    optimizer(grads)


scheduled = []
for _ in range(3):
    scheduled_step()
    scheduler.step()
    scheduled.append(model.weight.asnumpy().copy())
    rate = optimizer.param_groups[0]["lr"].item()
    print(f"{rate:.4f}", scheduled[-1].round(4))
