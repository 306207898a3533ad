# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]


def build():
    return nn.Dense(3, 2, *map(ms.Tensor, start))


# %%
def train(model, optimizer):
    grad_fn = ms.value_and_grad(
        lambda: model(x).square().mean(),
        None,
        optimizer.parameters,
    )
    weights = []
    for _ in range(4):
        loss, grads = grad_fn()
        optimizer(grads)
        weights.append(
            [p.asnumpy().copy() for p in optimizer.parameters]
        )
    print(weights[-1][1].round(4))
    return weights


schedule = nn.ExponentialDecayLR(0.1, 0.5, decay_steps=1)

# %%
model = build()
optimizer = nn.Momentum(
    model.trainable_params(), schedule, momentum=0.9
)
weights = train(model, optimizer)

# %%
model = build()
optimizer = nn.Momentum(
    model.trainable_params(),
    schedule,
    momentum=0.9,
    use_nesterov=True,
)
nesterov = train(model, optimizer)
