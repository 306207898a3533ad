# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

ms.set_context(mode=ms.GRAPH_MODE)

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def train(build, change, at=2):
    net = nn.Dense(
        3, 1, weight_init=ms.Tensor(start), bias_init="zeros"
    )
    optimizer = build(net.trainable_params())

    def forward():
        return net(x).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def train_step():
        loss, grads = grad_fn()
        optimizer(grads)
        return loss

    for step in range(5):
        if step == at:
            change(optimizer)
        train_step()
    weights = [p.asnumpy() for p in net.trainable_params()]
    return np.append(*weights)


# %%
def build(params):
    return nn.Momentum(params, 0.1, 0.9, weight_decay=0.1)


unchanged = train(build, lambda optimizer: None)
print(unchanged.round(4))


# %%
def change_rate(optimizer):
    new = ms.Tensor(0.02, ms.float32)
    optimizer.learning_rate.copy_(new)


rate = train(build, change_rate)
print(rate.round(4))


# %%
def change_momentum(optimizer):
    new = ms.Tensor(0.5, ms.float32)
    optimizer.momentum.copy_(new)


momentum = train(build, change_momentum)
print(momentum.round(4))


# %%
class Decay(nn.Cell):
    def __init__(self, value):
        super().__init__()
        start = ms.Tensor(value, ms.float32)
        self.value = ms.Parameter(start, name="decay")

    def construct(self, global_step):
        return self.value


decay = Decay(0.1)


def build_with_decay(params):
    return nn.Momentum(params, 0.1, 0.9, weight_decay=decay)


def change_decay(optimizer):
    decay.value.copy_(ms.Tensor(0.7, ms.float32))


weight_decay = train(build_with_decay, change_decay)
print(weight_decay.round(4))


# %%
def change_attribute(optimizer):
    optimizer.weight_decay = ms.Tensor(0.7, ms.float32)


attribute = train(build, change_attribute)
print(attribute.round(4))


# %%
def build_experimental(params):
    return optim.SGD(
        params, lr=0.1, momentum=0.9, weight_decay=0.1
    )


def assign_group_rate(optimizer):
    rate = optimizer.param_groups[0]["lr"]
    rate.copy_(ms.Tensor(0.02, ms.float32))


group_rate = train(build_experimental, assign_group_rate)
print(group_rate.round(4))


# %%
def change_group(optimizer):
    optimizer.param_groups[0]["momentum"] = 0.5


group = train(build_experimental, change_group)
print(group.round(4))
