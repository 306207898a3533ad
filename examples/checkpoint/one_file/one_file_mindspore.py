# %% tags=["setup"]
import mindspore as ms
import numpy as np

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(8, 3)).astype(np.float32))
start = rng.normal(size=(2, 3)).astype(np.float32)


def build():
    weight = ms.Tensor(start)
    net = ms.nn.SequentialCell(
        ms.nn.Dense(3, 2, weight_init=weight, has_bias=False),
        ms.nn.BatchNorm1d(2),
    )
    optimizer = ms.nn.SGD(
        net.trainable_params(), 0.1, momentum=0.9
    )
    return net, optimizer


def train(net, optimizer, steps):
    def forward():
        return ms.ops.relu(net(x)).mean()

    net.set_train()
    grad_fn = ms.value_and_grad(
        forward, None, optimizer.parameters
    )
    for _ in range(steps):
        loss, gradients = grad_fn()
        optimizer(gradients)
    return net[0].weight.asnumpy().copy()


# %%
net, optimizer = build()
train(net, optimizer, steps=3)
ms.save_checkpoint(
    {**net.parameters_dict(), **optimizer.parameters_dict()},
    "all.ckpt",
)
moving_mean = net[1].moving_mean.asnumpy().copy()
print("moving mean", moving_mean.round(4))

uninterrupted = train(net, optimizer, steps=3)
print(uninterrupted.round(4))

# %%
net, optimizer = build()
state = ms.load_checkpoint("all.ckpt")
ms.load_param_into_net(net, state)
ms.load_param_into_net(optimizer, state)
loaded_mean = net[1].moving_mean.asnumpy().copy()
print("moving mean", loaded_mean.round(4))

resumed = train(net, optimizer, steps=3)
print(resumed.round(4))
