# %% tags=["setup"]
from collections import OrderedDict

import mindspore as ms
import numpy as np
from mindspore import nn

ms.set_context(mode=ms.GRAPH_MODE)

rng = np.random.RandomState(0)
start = {
    "body.weight": rng.randn(3, 4).astype(np.float32),
    "body.bias": rng.randn(3).astype(np.float32),
    "head.weight": rng.randn(2, 3).astype(np.float32),
    "head.bias": rng.randn(2).astype(np.float32),
}
inputs = ms.Tensor(rng.randn(8, 4).astype(np.float32))
targets = ms.Tensor(rng.randn(8, 2).astype(np.float32))
layers = OrderedDict(body=nn.Dense(4, 3), head=nn.Dense(3, 2))
net = nn.SequentialCell(layers)
loss_fn = nn.MSELoss()


def reset():
    for param in net.trainable_params():
        param.set_data(ms.Tensor(start[param.name]))


# %%
listed = [0.1, 0.05, 0.025, 0.0125]
reset()
optimizer = nn.Momentum(
    [
        {"params": net.head.trainable_params(), "lr": listed},
        {
            "params": net.body.trainable_params(),
            "weight_decay": 0.1,
        },
        {"order_params": net.trainable_params()},
    ],
    learning_rate=0.05,
    momentum=0.9,
)


# %%
def forward():
    return loss_fn(net(inputs), targets)


def train(optimizer, compiled):
    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step():
        loss, grads = grad_fn()
        optimizer(grads)
        return loss

    if compiled:
        step = ms.jit(step)
    losses, history = [], []
    for _ in range(4):
        losses.append(step().item())
        params = net.trainable_params()
        history.append(
            {p.name: p.asnumpy().copy() for p in params}
        )
    return losses, history


losses, history = train(optimizer, compiled=True)
for step, loss in enumerate(losses):
    print(f"step {step}: loss {loss:.4f}")
