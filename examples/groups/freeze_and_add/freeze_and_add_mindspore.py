# %% tags=["setup"]
from collections import OrderedDict

import mindspore as ms
import numpy as np
from mindspore import mint, nn
from mindspore.experimental import optim

rng = np.random.RandomState(0)
shapes = {
    "body.weight": (3, 4),
    "body.bias": (3,),
    "head.weight": (2, 3),
    "head.bias": (2,),
}
start = {
    k: rng.randn(*s).astype(np.float32) for k, s in shapes.items()
}
inputs = ms.Tensor(rng.randn(8, 4).astype(np.float32))
targets = ms.Tensor(rng.randn(8, 2).astype(np.float32))
loss_fn = nn.MSELoss()


def build():
    layers = OrderedDict(body=nn.Dense(4, 3), head=nn.Dense(3, 2))
    net = nn.SequentialCell(layers)
    for param in net.trainable_params():
        param.set_data(ms.Tensor(start[param.name]))
    return (
        net,
        net.head.trainable_params(),
        net.body.trainable_params(),
    )


def gradients_of(net, params):
    def forward():
        return loss_fn(net(inputs), targets)

    return ms.value_and_grad(forward, None, params)


def train(net, optimizer):
    grad_fn = gradients_of(net, optimizer.parameters)

    @ms.jit
    def step():
        loss, grads = grad_fn()
        optimizer(grads)
        return loss

    for _ in range(3):
        step()


def weights(net):
    return {p.name: p.asnumpy() for p in net.trainable_params()}


# %%
places = {"nn": nn, "experimental": optim, "mint": mint.optim}
frozen = {}
for place, module in places.items():
    net, head, body = build()
    groups = [{"params": body, "lr": 0.0}, {"params": head}]
    optimizer = module.SGD(groups, 0.1)
    train(net, optimizer)
    frozen[place] = weights(net)
    biases = [
        frozen[place][k] for k in ("body.bias", "head.bias")
    ]
    print(place, *[bias.round(4) for bias in biases])

# %%
net, head, body = build()
optimizer = nn.Momentum(head, learning_rate=0.1, momentum=0.9)
train(net, optimizer)

groups = [{"params": head}, {"params": body, "lr": 0.02}]
both = nn.Momentum(groups, learning_rate=0.1, momentum=0.9)
moments = {moment.name: moment for moment in optimizer.moments}
for moment in both.moments:
    if moment.name in moments:
        moment.copy_(moments[moment.name])
train(net, both)
added = weights(net)
print(added["body.bias"].round(4))


# %%
def two_optimizers(optimizer_class, **options):
    net, head, body = build()
    first = optimizer_class(head, lr=0.1, **options)
    train(net, first)
    second = optimizer_class(body, lr=0.02, **options)
    grad_fn = gradients_of(net, head + body)
    for _ in range(3):
        loss, grads = grad_fn()
        first(grads[: len(head)])
        second(grads[len(head) :])
    print(net.body.bias.asnumpy().round(4))
    return weights(net)


adam = two_optimizers(optim.AdamW, weight_decay=0.0)
