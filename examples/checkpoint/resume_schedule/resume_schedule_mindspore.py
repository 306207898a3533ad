# %% tags=["setup"]
import mindspore as ms
import numpy as np

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(8, 1)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def build(rate):
    weight = ms.Tensor(start)
    net = ms.nn.Dense(3, 1, weight_init=weight, has_bias=False)
    optimizer = ms.nn.SGD(
        net.trainable_params(), learning_rate=rate, momentum=0.9
    )
    return net, optimizer


def train(net, optimizer, steps):
    def forward():
        return (net(x) - y).square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    rates = []
    for _ in range(steps):
        rates.append(float(optimizer.get_lr().asnumpy()))
        loss, gradients = grad_fn()
        optimizer(gradients)
    print(np.round(rates, 4))
    return rates


schedule = ms.nn.ExponentialDecayLR(0.1, 0.8, decay_steps=1)

# %%
net, optimizer = build(schedule)
train(net, optimizer, steps=3)
ms.save_checkpoint(optimizer, "schedule.ckpt")

uninterrupted = train(net, optimizer, steps=3)
uninterrupted_weight = net.weight.asnumpy()

# %%
# The step is in the file, and the rate follows from it.
net, optimizer = build(schedule)
ms.load_param_into_net(
    optimizer, ms.load_checkpoint("schedule.ckpt")
)
resumed = train(net, optimizer, steps=3)
resumed_weight = net.weight.asnumpy()

# %%
# The network alone: the schedule starts again.
net, optimizer = build(schedule)
ms.load_param_into_net(net, ms.load_checkpoint("schedule.ckpt"))
restarted = train(net, optimizer, steps=3)
