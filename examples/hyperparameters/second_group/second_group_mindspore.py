# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
first = rng.normal(size=(3, 3)).astype(np.float32)
second = rng.normal(size=(1, 3)).astype(np.float32)


def make_net():
    a, b = ms.Tensor(first), ms.Tensor(second)
    return nn.SequentialCell(
        nn.Dense(3, 3, weight_init=a, has_bias=False),
        nn.Dense(3, 1, weight_init=b, has_bias=False),
    )


def train(build, change):
    net = make_net()
    optimizer = build(net)

    def forward():
        return net(x).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    for step in range(4):
        if step == 2:
            change(optimizer)
        loss, grads = grad_fn()
        optimizer(grads)
    weights = [p.asnumpy() for p in net.get_parameters()]
    print(weights[0][0].round(4), weights[1][0].round(4))
    return weights


# %%
def build(net):
    groups = [
        {"params": [net[0].weight]},
        {"params": [net[1].weight], "lr": 0.05},
    ]
    return nn.Momentum(groups, 0.02, 0.9)


unchanged = train(build, lambda optimizer: None)


# %%
def change_rate(optimizer):
    second_rate = optimizer.learning_rate[-1]
    second_rate.copy_(ms.Tensor(0.01))


rate = train(build, change_rate)


# %%
def build_experimental(net):
    groups = [
        {"params": [net[0].weight]},
        {"params": [net[1].weight], "lr": 0.05},
    ]
    return optim.SGD(groups, lr=0.02, momentum=0.9)


def change_momentum(optimizer):
    optimizer.param_groups[1]["momentum"] = 0.5


momentum = train(build_experimental, change_momentum)
