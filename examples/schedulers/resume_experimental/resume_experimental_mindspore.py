# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 1)).astype(np.float32))
weight = ms.Tensor(rng.normal(size=(1, 3)).astype(np.float32))


def build():
    net = nn.Dense(3, 1, weight, bias_init="zeros")
    optimizer = optim.SGD(
        net.trainable_params(), lr=0.1, momentum=0.9
    )
    return net, optimizer


def train(net, optimizer, scheduler, steps):
    def forward():
        return (net(x) - y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    rates, weights = [], []
    for _ in range(steps):
        loss, gradients = grad_fn()
        optimizer(gradients)
        scheduler.step()
        rates.append(scheduler.get_last_lr()[0].item())
        weights.append(
            [p.asnumpy().copy() for p in net.trainable_params()]
        )
    print(np.round(rates[9::10], 5))
    return rates, weights


# %%
def make(optimizer):
    linear = optim.lr_scheduler.LinearLR(
        optimizer, 0.1, total_iters=9
    )
    restarts = optim.lr_scheduler.CosineAnnealingWarmRestarts(
        optimizer, T_0=5, T_mult=2
    )
    return optim.lr_scheduler.SequentialLR(
        optimizer, [linear, restarts], milestones=[9]
    )


# %%
def state(scheduler, prefix="scheduler"):
    kept = {
        f"{prefix}.{name}": value
        for name, value in vars(scheduler).items()
        if isinstance(value, ms.Parameter)
    }
    for i, rate in enumerate(scheduler.optimizer.lrs):
        kept[f"rate.{i}"] = rate
    for i, inner in enumerate(
        getattr(scheduler, "_schedulers", [])
    ):
        kept |= state(inner, f"{prefix}.{i}")
    return kept


# %%
net, optimizer = build()
scheduler = make(optimizer)
train(net, optimizer, scheduler, steps=20)
ms.save_checkpoint(
    optimizer, "all.ckpt", append_dict=state(scheduler)
)
uninterrupted = train(net, optimizer, scheduler, steps=30)

# %%
net, optimizer = build()
scheduler = make(optimizer)
loaded = ms.load_checkpoint("all.ckpt")
ms.load_param_into_net(optimizer, loaded)
for name, value in state(scheduler).items():
    value.copy_(loaded[name])
resumed = train(net, optimizer, scheduler, steps=30)
