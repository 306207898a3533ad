# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops
from mindspore.experimental import optim

ms.set_context(mode=ms.GRAPH_MODE)
rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]


def make_net():
    return nn.Dense(3, 2, *map(ms.Tensor, start))


def weights(net):
    return [p.asnumpy() for p in net.trainable_params()]


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
changing = weights(net)
print(changing[1].round(4))

# %%
net = make_net()
optimizer = optim.SGD(
    net.trainable_params(), lr=0.1, momentum=0.9, weight_decay=0.2
)
train_step = make_step(net, optimizer)
for step in range(4):
    train_step()
    optimizer.param_groups[0]["weight_decay"] *= 0.5
constant = weights(net)
print(constant[1].round(4))
