# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
first = rng.normal(size=(3, 3)).astype(np.float32)
second = rng.normal(size=(1, 3)).astype(np.float32)

net = nn.SequentialCell(
    nn.Dense(3, 3, weight_init=ms.Tensor(first), has_bias=False),
    nn.Dense(3, 1, weight_init=ms.Tensor(second), has_bias=False),
)


class HalvingDecay(nn.Cell):
    def construct(self, global_step):
        return 0.2 * ops.pow(0.5, global_step)


# %%
groups = [
    {"params": [net[0].weight], "weight_decay": HalvingDecay()},
    {"params": [net[1].weight], "weight_decay": 0.3},
]
optimizer = nn.Momentum(groups, 0.05, 0.9)


def forward():
    return net(x).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)

# %%
for step in range(3):
    loss, grads = grad_fn()
    optimizer(grads)

decays = [d.item() for d in optimizer.get_weight_decay()]
weights = [p.asnumpy() for p in net.get_parameters()]
print([round(decay, 4) for decay in decays])
print(weights[0][0].round(4), weights[1][0].round(4))
