# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 1)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def build():
    weight = ms.Tensor(start)
    net = ms.nn.Dense(3, 1, weight_init=weight, has_bias=False)
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
    rates = []
    for _ in range(steps):
        rates.append(
            float(optimizer.param_groups[0]["lr"].asnumpy())
        )
        loss, gradients = grad_fn()
        optimizer(gradients)
        scheduler.step()
    print(np.round(rates, 4))
    return rates


ExponentialLR = optim.lr_scheduler.ExponentialLR

# %%
net, optimizer = build()
scheduler = ExponentialLR(optimizer, gamma=0.8)
train(net, optimizer, scheduler, steps=3)
extra = {
    "last_epoch": scheduler.last_epoch,
    "lr": optimizer.param_groups[0]["lr"],
}
ms.save_checkpoint(optimizer, "all.ckpt", append_dict=extra)

uninterrupted = train(net, optimizer, scheduler, steps=3)
uninterrupted_weight = net.weight.asnumpy()

# %%
net, optimizer = build()
scheduler = ExponentialLR(optimizer, gamma=0.8)
state = ms.load_checkpoint("all.ckpt")
ms.load_param_into_net(optimizer, state)
scheduler.last_epoch.copy_(state["last_epoch"])
optimizer.param_groups[0]["lr"].copy_(state["lr"])

resumed = train(net, optimizer, scheduler, steps=3)
resumed_weight = net.weight.asnumpy()

# %%
# Without the two assignments: the rate starts again.
net, optimizer = build()
again = ExponentialLR(optimizer, gamma=0.8)
ms.load_param_into_net(optimizer, ms.load_checkpoint("all.ckpt"))
restarted = train(net, optimizer, again, steps=3)
