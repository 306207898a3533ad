# %% tags=["setup"]
import mindspore as ms
import numpy as np

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 1)).astype(np.float32))
first, second = rng.normal(size=(2, 1, 3)).astype(np.float32)


def build(start):
    weight = ms.Tensor(start)
    net = ms.nn.Dense(3, 1, weight_init=weight, has_bias=False)
    optimizer = ms.nn.SGD(
        net.trainable_params(), learning_rate=0.1, momentum=0.9
    )
    return net, optimizer


def train(net, optimizer, steps):
    def forward():
        return (net(x) - y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    for _ in range(steps):
        loss, gradients = grad_fn()
        optimizer(gradients)
    return net.weight.asnumpy().copy()


# %%
net, optimizer = build(first)
saved = train(net, optimizer, steps=3)
ms.save_checkpoint(net, "net.ckpt")
ms.save_checkpoint(optimizer, "optimizer.ckpt")

uninterrupted = train(net, optimizer, steps=3)
print(uninterrupted.round(4))

# %%
net, optimizer = build(second)
ms.load_param_into_net(net, ms.load_checkpoint("net.ckpt"))
ms.load_param_into_net(
    optimizer, ms.load_checkpoint("optimizer.ckpt")
)

resumed = train(net, optimizer, steps=3)
print(resumed.round(4))

# %%
# The network alone: the momentum starts from zero again.
net, optimizer = build(second)
ms.load_param_into_net(net, ms.load_checkpoint("net.ckpt"))

forgotten = train(net, optimizer, steps=3)
print(forgotten.round(4))
