# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

start = np.array([1.0, 2.0], np.float32)
gradient = np.array([1.0, -1.0], np.float32)
listed = [0.1, 0.2, 0.4]


def new_params():
    return [
        ms.Parameter(ms.Tensor(start), name=name)
        for name in "abc"
    ]


# %%
params = new_params()
optimizer = nn.SGD(
    [
        {"params": [params[0]], "lr": listed},
        {
            "params": [params[1]],
            "lr": nn.ExponentialDecayLR(0.8, 0.5, 1),
        },
        {"params": [params[2]]},
    ],
    learning_rate=0.05,
)

# %%
rates, history = [], []
for step in range(3):
    rates.append([rate.item() for rate in optimizer.get_lr()])
    optimizer((ms.Tensor(gradient),) * 3)
    history.append([param.asnumpy().copy() for param in params])
    print(f"step {step}: {np.round(rates[-1], 3)}")

# %%
params = new_params()
optimizer = optim.SGD(
    [
        {"params": [params[0]], "lr": 1.0},
        {"params": [params[1]], "lr": 0.8},
        {"params": [params[2]]},
    ],
    lr=0.05,
)
scheduler = optim.lr_scheduler.LambdaLR(
    optimizer,
    [
        lambda step: listed[min(int(step), 2)],
        lambda step: 0.5**step,
        lambda step: 1.0,
    ],
)
experimental = []
for step in range(3):
    optimizer((ms.Tensor(gradient),) * 3)
    scheduler.step()
    experimental.append(
        [param.asnumpy().copy() for param in params]
    )
