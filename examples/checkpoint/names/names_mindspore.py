# %% tags=["setup"]
import mindspore as ms
import numpy as np


def build(wrap=False):
    weight = ms.Tensor(np.zeros((1, 3), np.float32))
    net = ms.nn.Dense(3, 1, weight_init=weight, has_bias=False)
    whole = Wrapper(net) if wrap else net
    optimizer = ms.nn.SGD(
        whole.trainable_params(), 0.1, momentum=0.9
    )
    return net, optimizer


def step(net, optimizer):
    def forward():
        return net(ms.ops.ones((1, 3))).sum()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    loss, gradients = grad_fn()
    optimizer(gradients)


class Wrapper(ms.nn.Cell):
    def __init__(self, net):
        super().__init__()
        self.network = net


# %%
net, optimizer = build()
step(net, optimizer)
ms.save_checkpoint(optimizer, "optimizer.ckpt")
print(*ms.load_checkpoint("optimizer.ckpt"))

# %%
# The network is part of a larger one before the optimizer is built.
net, optimizer = build(wrap=True)
print(*optimizer.parameters_dict())

state = ms.load_checkpoint("optimizer.ckpt")
net_left_out, file_left_out = ms.load_param_into_net(
    optimizer, state
)
print("not set: ", *net_left_out)
print("not used:", *file_left_out)
print(net.weight.asnumpy())

# %%
# strict_load does not raise either.
strict, _ = ms.load_param_into_net(
    optimizer, state, strict_load=True
)
print("not set: ", *strict)
