# %% tags=["setup"]
import mindspore as ms
import numpy as np

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 1)).astype(np.float32))
first, second = rng.normal(size=(2, 1, 3)).astype(np.float32)


def build(start):
    net = ms.nn.Dense(
        3, 1, weight_init=ms.Tensor(start), bias_init="zeros"
    )
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
    weights = [p.asnumpy() for p in net.trainable_params()]
    return np.concatenate([w.flatten() for w in weights])


# %%
net, optimizer = build(first)
saved = train(net, optimizer, steps=3)
ms.save_checkpoint(optimizer, "all.ckpt")

uninterrupted = train(net, optimizer, steps=3)
print(uninterrupted.round(4))

# %%
# Loaded before the first step of the new optimizer.
net, optimizer = build(second)
ms.load_param_into_net(optimizer, ms.load_checkpoint("all.ckpt"))
early = train(net, optimizer, steps=3)
print(early.round(4))

# %%
# Loaded after its first step: from here on nothing moves.
net, optimizer = build(second)
before_load = train(net, optimizer, steps=1)
ms.load_param_into_net(optimizer, ms.load_checkpoint("all.ckpt"))
late = train(net, optimizer, steps=3)
print(late.round(4))

# %%
# Assigned after its first step.
net, optimizer = build(second)
before_assign = train(net, optimizer, steps=1)
state = ms.load_checkpoint("all.ckpt")
for parameter in optimizer.get_parameters():
    parameter.copy_(state[parameter.name])
assigned = train(net, optimizer, steps=3)
print(assigned.round(4))
