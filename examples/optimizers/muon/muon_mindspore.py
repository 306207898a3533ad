# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(32, 8)).astype(np.float32))
y = ms.Tensor(rng.normal(size=(32, 4)).astype(np.float32))
start = rng.normal(size=(4, 8)).astype(np.float32)

net = nn.Dense(8, 4, ms.Tensor(start), has_bias=False)


# %%
def rounded(value):
    return value.astype(ms.bfloat16).astype(ms.float32)


def orthogonal(update, a=3.4445, b=-4.7750, c=2.0315):
    tall = update.shape[0] > update.shape[1]
    u = rounded(update.T if tall else update)
    u = rounded(u / rounded(u.norm()).clip(1e-7))
    for _ in range(5):
        gram = rounded(u @ u.T)
        gram = rounded(b * gram + c * (gram @ gram))
        u = rounded(a * u + gram @ u)
    return u.T if tall else u


class Muon(optim.Optimizer):
    def __init__(
        self, params, lr=1e-3, weight_decay=0.1, momentum=0.95
    ):
        defaults = {"lr": lr, "weight_decay": weight_decay}
        super().__init__(
            params, defaults | {"momentum": momentum}
        )
        self.means = self.parameters.clone("mean", init="zeros")

    def construct(self, gradients):
        index = 0
        for group in self.param_groups:
            lr, beta = group["lr"], group["momentum"]
            kept = 1 - lr * group["weight_decay"]
            for p in group["params"]:
                mean, gradient = (
                    self.means[index],
                    gradients[index],
                )
                index += 1
                mean.copy_(mean + (1 - beta) * (gradient - mean))
                update = gradient + beta * (mean - gradient)
                ratio = max(1, p.shape[0] / p.shape[1]) ** 0.5
                move = lr * ratio * orthogonal(update)
                p.copy_(p * kept - move)


optimizer = Muon(
    net.trainable_params(),
    lr=0.02,
    weight_decay=0.1,
    momentum=0.95,
)


def forward():
    return (net(x) - y).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
weights = []
for step in range(60):
    loss, grads = grad_fn()
    optimizer(grads)
    weights.append(net.weight.asnumpy().copy())
print(round(loss.item(), 4), weights[-1][0, :4].round(4))
