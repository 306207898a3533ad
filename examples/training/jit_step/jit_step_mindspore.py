# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
xs = rng.normal(size=(3, 8, 4)).astype(np.float32)
ys = rng.normal(size=(3, 8, 1)).astype(np.float32)
shapes = (5, 4), (5,), (1, 5), (1,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]
dataset = [(ms.Tensor(x), ms.Tensor(y)) for x, y in zip(xs, ys)]

loss_fn = nn.MSELoss()


def build():
    model = nn.SequentialCell(
        nn.Dense(4, 5), nn.ReLU(), nn.Dense(5, 1)
    )
    for parameter, value in zip(model.trainable_params(), start):
        parameter.set_data(ms.Tensor(value))
    return model


# %%
schedule = nn.ExponentialDecayLR(
    0.05, 0.9, decay_steps=len(dataset), is_stair=True
)
model = build()
optimizer = nn.SGD(
    model.trainable_params(), learning_rate=schedule, momentum=0.9
)


def forward_fn(x, y):
    return loss_fn(model(x), y)


grad_fn = ms.value_and_grad(
    forward_fn, None, optimizer.parameters
)


@ms.jit
def train_step(x, y):
    loss, grads = grad_fn(x, y)
    optimizer(grads)
    return loss


losses, weights = [], []
for epoch in range(3):
    for x, y in dataset:
        losses.append(train_step(x, y).item())
        weights.append(
            [p.asnumpy().copy() for p in optimizer.parameters]
        )
    print(f"loss {losses[-1]:.5f}")

# %%
other = build()
other_optimizer = optim.SGD(
    other.trainable_params(), lr=0.05, momentum=0.9
)
scheduler = optim.lr_scheduler.ExponentialLR(
    other_optimizer, gamma=0.9
)


def other_forward_fn(x, y):
    return loss_fn(other(x), y)


other_grad_fn = ms.value_and_grad(
    other_forward_fn, None, other_optimizer.parameters
)


@ms.jit
def other_train_step(x, y):
    loss, grads = other_grad_fn(x, y)
    other_optimizer(grads)
    return loss


other_losses, other_weights = [], []
for epoch in range(3):
    for x, y in dataset:
        other_losses.append(other_train_step(x, y).item())
        other_weights.append(
            [
                p.asnumpy().copy()
                for p in other_optimizer.parameters
            ]
        )
    scheduler.step()
    print(f"loss {other_losses[-1]:.5f}")
