# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]
gradients = [
    [rng.normal(size=s).astype(np.float32) for s in shapes]
    for _ in range(4)
]


def build():
    model = nn.Dense(3, 2)
    for parameter, value in zip(model.trainable_params(), start):
        parameter.set_data(ms.Tensor(value))
    return model


def run(model, optimizer):
    weights = []
    for values in gradients:
        optimizer(tuple(ms.Tensor(value) for value in values))
        weights.append(
            [p.asnumpy().copy() for p in optimizer.parameters]
        )
    print(weights[-1][1].round(4))
    return weights


# %%
model = build()
optimizer = nn.SGD(model.trainable_params(), learning_rate=0.1)
plain = run(model, optimizer)

# %%
model = build()
optimizer = nn.SGD(
    model.trainable_params(),
    learning_rate=0.1,
    momentum=0.9,
    dampening=0.3,
    weight_decay=0.01,
)
dampened = run(model, optimizer)

# %%
model = build()
optimizer = nn.SGD(
    model.trainable_params(),
    learning_rate=0.1,
    momentum=0.9,
    weight_decay=0.01,
    nesterov=True,
)
nesterov = run(model, optimizer)
