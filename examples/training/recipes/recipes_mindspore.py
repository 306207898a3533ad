# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 4, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 4, 2)).astype(np.float32))
start = [
    rng.normal(size=s).astype(np.float32) for s in ((2, 3), (2,))
]


def build():
    weight, bias = (ms.Tensor(value) for value in start)
    return ms.nn.Dense(3, 2, weight_init=weight, bias_init=bias)


def make_schedule(optimizer):
    return optim.lr_scheduler.ExponentialLR(optimizer, 0.8)


OPTIMIZERS = {
    "SGD": lambda groups: optim.SGD(
        groups, lr=0.1, momentum=0.9, weight_decay=0.01
    ),
    "Adam": lambda groups: optim.AdamW(
        groups, lr=0.1, weight_decay=0.0
    ),
    "AdamW": lambda groups: optim.AdamW(groups, lr=0.1),
}


def train(net, optimizer, scheduler, batches, every=1):
    def forward(x, y):
        return (net(x) - y).square().mean() / every

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    total = None
    for n in batches:
        loss, grads = grad_fn(x[n], y[n])
        if total is not None:
            grads = tuple(a + b for a, b in zip(total, grads))
        total = grads
        if (n + 1) % every == 0:
            optimizer(total)
            total = None
            scheduler.step()
    return [p.asnumpy().copy() for p in (net.weight, net.bias)]


# %%
for name, make in OPTIMIZERS.items():
    net = build()
    optimizer = make(
        [
            {"params": [net.weight]},
            {
                "params": [net.bias],
                "lr": 0.02,
                "weight_decay": 0.0,
            },
        ]
    )
    scheduler = make_schedule(optimizer)
    weights = train(net, optimizer, scheduler, range(8), every=2)
    print(
        name, weights[0].round(4)[0], scheduler.get_last_lr()[0]
    )
