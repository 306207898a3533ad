# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops
from mindspore.experimental import optim

ms.set_context(mode=ms.GRAPH_MODE)
rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def make_net():
    return nn.Dense(
        3, 1, weight_init=ms.Tensor(start), has_bias=False
    )


class HalvingDecay(nn.Cell):
    def construct(self, global_step):
        return 0.2 * ops.pow(0.5, global_step)


def make_step(net, optimizer):
    def forward():
        return net(x).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def train_step():
        loss, grads = grad_fn()
        optimizer(grads)
        return loss

    return train_step


# %%
net = make_net()
optimizer = nn.Momentum(
    net.trainable_params(), 0.1, 0.9, weight_decay=HalvingDecay()
)
train_step = make_step(net, optimizer)
for step in range(4):
    train_step()
weight = net.weight.asnumpy()
print(weight.round(4))

# %%
net = make_net()
optimizer = optim.SGD(
    net.trainable_params(), lr=0.1, momentum=0.9, weight_decay=0.2
)
train_step = make_step(net, optimizer)
for step in range(4):
    train_step()
    optimizer.param_groups[0]["weight_decay"] *= 0.5
constant = net.weight.asnumpy()
print(constant.round(4))
