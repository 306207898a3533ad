# %% tags=["setup"]
import mindspore as ms
import numpy as np


def build():
    weight = ms.Tensor(np.zeros((1, 3), np.float32))
    net = ms.nn.Dense(3, 1, weight_init=weight, has_bias=False)
    optimizer = ms.nn.SGD(
        net.trainable_params(), 0.1, momentum=0.9
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


# %%
# The weights go into one file, the rest into another.
net, optimizer = build()
step(net, optimizer)
ms.save_checkpoint(net, "net.ckpt")
ms.save_checkpoint(
    optimizer,
    "rest.ckpt",
    choice_func=lambda name: name != "weight",
)
print(*ms.load_checkpoint("rest.ckpt"))

# %%
net, optimizer = build()
ms.load_param_into_net(net, ms.load_checkpoint("net.ckpt"))
print(net.weight.asnumpy())

left_out = ms.load_param_into_net(
    optimizer, ms.load_checkpoint("rest.ckpt")
)
damaged = net.weight.asnumpy()
print(damaged, left_out)

# %%
net, optimizer = build()
ms.load_param_into_net(net, ms.load_checkpoint("net.ckpt"))
strictly_left_out = ms.load_param_into_net(
    optimizer, ms.load_checkpoint("rest.ckpt"), strict_load=True
)
loaded = net.weight.asnumpy()
momentum = optimizer.accum[0].asnumpy()
print(loaded, strictly_left_out)
