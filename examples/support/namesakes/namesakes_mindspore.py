# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = rng.normal(size=(8, 3)).astype(np.float32)
y = rng.normal(size=(8, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def trained(optimizer_class, scale=1.0, **options):
    net = nn.Dense(3, 2, ms.Tensor(weight), ms.Tensor(bias))
    params = net.trainable_params()
    optimizer = optimizer_class(params, **options)

    def loss_fn():
        error = net(ms.Tensor(x)) - ms.Tensor(y)
        return scale * error.square().mean()

    grad_fn = ms.value_and_grad(
        loss_fn, None, optimizer.parameters
    )
    for _ in range(20):
        loss, gradients = grad_fn()
        optimizer(gradients)
    return [p.asnumpy() for p in params]


# %%
weights = {
    "Adadelta": trained(
        optim.Adadelta, lr=0.5, rho=0.8, eps=1e-2
    ),
    "Adafactor": trained(
        nn.AdaFactor,
        learning_rate=0.01,
        beta1=0.0,
        relative_step=False,
    ),
    "Adamax": trained(optim.Adamax, lr=0.01, eps=1e-2),
    "ASGD": trained(optim.ASGD, lr=0.1, lambd=0.01, t0=5.0),
    "Rprop": trained(
        optim.Rprop, lr=0.01, step_sizes=(1e-3, 0.05)
    ),
    "SGD": trained(
        optim.SGD, lr=0.1, momentum=0.9, dampening=0.5
    ),
}
for name, (_, bias_after) in weights.items():
    print(f"{name:9}", bias_after.round(4))

# %%
in_nn = {
    "Adadelta": trained(
        nn.Adadelta, learning_rate=0.5, rho=0.8, epsilon=1e-2
    ),
    "Adafactor": trained(
        nn.AdaFactor, learning_rate=0.01, relative_step=False
    ),
    "Adamax": trained(nn.AdaMax, learning_rate=0.01, eps=1e-2),
    "ASGD": trained(
        nn.ASGD, learning_rate=0.1, lambd=0.01, t0=5.0
    ),
    "Rprop": trained(
        nn.Rprop, learning_rate=0.01, step_sizes=(1e-3, 0.05)
    ),
    "SGD": trained(
        nn.SGD, learning_rate=0.1, momentum=0.9, dampening=0.5
    ),
}
for name, (_, bias_after) in in_nn.items():
    print(f"{name:9}", bias_after.round(4))
