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
net, optimizer = build()
step(net, optimizer)
ms.save_checkpoint(optimizer, "optimizer.ckpt")

# %%
state = ms.load_checkpoint("optimizer.ckpt")
pairs = [build(), build()]
for net, optimizer in pairs:
    ms.load_param_into_net(optimizer, state)

step(*pairs[0])
weights = [net.weight.asnumpy()[0] for net, _ in pairs]
momenta = [
    optimizer.accum[0].asnumpy()[0] for _, optimizer in pairs
]
print("weight  ", *weights)
print("momentum", *momenta)
