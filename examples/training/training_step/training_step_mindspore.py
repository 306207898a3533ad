# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
xs = rng.normal(size=(3, 8, 4)).astype(np.float32)
ys = rng.normal(size=(3, 8, 1)).astype(np.float32)
shapes = (5, 4), (5,), (1, 5), (1,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]
dataset = [(ms.Tensor(x), ms.Tensor(y)) for x, y in zip(xs, ys)]

model = nn.SequentialCell(
    nn.Dense(4, 5), nn.ReLU(), nn.Dense(5, 1)
)
for parameter, value in zip(model.trainable_params(), start):
    parameter.set_data(ms.Tensor(value))
loss_fn = nn.MSELoss()

# %%
schedule = nn.ExponentialDecayLR(
    0.05, 0.9, decay_steps=len(dataset), is_stair=True
)
optimizer = nn.SGD(
    model.trainable_params(), learning_rate=schedule, momentum=0.9
)


def forward_fn(x, y):
    return loss_fn(model(x), y)


grad_fn = ms.value_and_grad(
    forward_fn, None, optimizer.parameters
)


def train_step(x, y):
    loss, grads = grad_fn(x, y)
    optimizer(grads)
    return loss


# %%
losses, rates, weights = [], [], []
for epoch in range(3):
    for x, y in dataset:
        rates.append(optimizer.get_lr().item())
        losses.append(train_step(x, y).item())
        weights.append(
            [p.asnumpy().copy() for p in optimizer.parameters]
        )
    print(f"rate {rates[-1]:.4f}  loss {losses[-1]:.5f}")
