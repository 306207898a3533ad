# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops

rng = np.random.default_rng(0)
x = rng.normal(size=(16, 3)).astype(np.float32)
y = rng.normal(size=(16, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def model():
    return nn.Dense(
        3,
        2,
        weight_init=ms.Tensor(weight),
        bias_init=ms.Tensor(bias),
    )


# %%
def train(net, optimizer):
    def forward():
        error = net(ms.Tensor(x)) - ms.Tensor(y)
        return error.square().mean()

    grad_fn = ms.value_and_grad(
        forward, None, net.trainable_params()
    )
    weights = []
    for _ in range(60):
        loss, grads = grad_fn()
        optimizer(grads)
        weights.append(
            [p.asnumpy().copy() for p in net.trainable_params()]
        )
    return weights


# %%
class SignMomentum(nn.Optimizer):
    def __init__(
        self, params, lr=0.01, beta=0.9, weight_decay=0.0
    ):
        super().__init__(lr, params, weight_decay)
        self.beta = beta
        self.means = self.parameters.clone("mean", init="zeros")

    @ms.jit
    def construct(self, gradients):
        beta = self.beta
        grads = self.decay_weight(gradients)
        rates = self.get_lr()
        self.assignadd(
            self.global_step, self.global_step_increase_tensor
        )
        for i, p in enumerate(self.parameters):
            lr = rates[i] if self.is_group_lr else rates
            mean = beta * self.means[i] + (1 - beta) * grads[i]
            self.means[i].copy_(mean)
            p.copy_(p - lr * ops.sign(mean))
        return True


# %%
net = model()
optimizer = SignMomentum(
    [
        {"params": [net.weight], "weight_decay": 0.1},
        {"params": [net.bias], "lr": 0.02},
    ],
    lr=0.05,
)
weights = train(net, optimizer)
print(weights[-1][1].round(4))
