# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.experimental import optim
from mindspore.mint import optim as mint

ms.set_context(mode=ms.GRAPH_MODE)

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 1)).astype(np.float32))
first, second = rng.normal(size=(2, 1, 3)).astype(np.float32)


def build(start, optimizer_class):
    net = ms.nn.Dense(
        3, 1, weight_init=ms.Tensor(start), bias_init="zeros"
    )
    weights = net.trainable_params()
    return net, optimizer_class(weights, 0.1, momentum=0.9)


def make_step(net, optimizer):
    def forward():
        return (net(x) - y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )

    def step():
        loss, gradients = grad_fn()
        optimizer(gradients)
        return loss

    return step


def train(net, step, steps):
    for _ in range(steps):
        step()
    weights = [p.asnumpy() for p in net.trainable_params()]
    return np.append(*weights)


places = {
    "nn": ms.nn.SGD,
    "experimental": optim.SGD,
    "mint": mint.SGD,
}

# %%
uninterrupted = {}
for place, optimizer_class in places.items():
    net, optimizer = build(first, optimizer_class)
    step = make_step(net, optimizer)
    saved = train(net, step, steps=3)
    ms.save_checkpoint(optimizer, f"{place}.ckpt")
    uninterrupted[place] = train(net, step, steps=3)
    print(place, uninterrupted[place].round(4))

# %%
resumed = {}
for place, optimizer_class in places.items():
    net, optimizer = build(second, optimizer_class)
    state = ms.load_checkpoint(f"{place}.ckpt")
    ms.load_param_into_net(optimizer, state)
    step = make_step(net, optimizer)
    resumed[place] = train(net, step, steps=3)
    print(place, resumed[place].round(4))

# %%
# Loaded after the first step.
late = {}
for place, optimizer_class in places.items():
    net, optimizer = build(second, optimizer_class)
    step = make_step(net, optimizer)
    train(net, step, steps=1)
    state = ms.load_checkpoint(f"{place}.ckpt")
    ms.load_param_into_net(optimizer, state)
    late[place] = train(net, step, steps=3)
    print(place, late[place].round(4))
