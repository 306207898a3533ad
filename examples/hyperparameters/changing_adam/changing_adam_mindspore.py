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
    return nn.Adam(params, 0.1)


unchanged = train(build, lambda optimizer: None)
print(unchanged.round(4))


# %%
def change_rate(optimizer):
    optimizer.learning_rate.copy_(ms.Tensor(0.02))


rate = train(build, change_rate)
print(rate.round(4))


# %%
def change_betas(optimizer):
    optimizer.beta1 = ms.Tensor(0.5)
    optimizer.beta2 = ms.Tensor(0.9)


attribute = train(build, change_betas)
print(attribute.round(4))


# %%
def build_experimental(params):
    return optim.Adam(params, lr=0.1)


def change_group(optimizer):
    optimizer.param_groups[0]["betas"] = (0.5, 0.9)


betas = train(build_experimental, change_group)
print(betas.round(4))
