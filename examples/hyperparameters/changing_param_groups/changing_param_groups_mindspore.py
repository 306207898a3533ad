# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

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
    return optim.SGD(
        params, lr=0.1, momentum=0.9, weight_decay=0.1
    )


unchanged = train(build, lambda optimizer: None)
print(unchanged.round(4))


# %%
def change_rate(optimizer):
    optimizer.param_groups[0]["lr"] = 0.02


rate = train(build, change_rate)
print(rate.round(4))


# %%
def change_momentum(optimizer):
    optimizer.param_groups[0]["momentum"] = 0.5


momentum = train(build, change_momentum)
print(momentum.round(4))


# %%
def change_decay(optimizer):
    optimizer.param_groups[0]["weight_decay"] = 0.7


weight_decay = train(build, change_decay)
print(weight_decay.round(4))


# %%
def change_to_tensor(optimizer):
    new = ms.Tensor(0.02)
    optimizer.param_groups[0]["lr"] = new


tensor_rate = train(build, change_to_tensor)
print(tensor_rate.round(4))
