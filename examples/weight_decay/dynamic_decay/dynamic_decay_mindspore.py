# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]

net = nn.Dense(3, 2, *map(ms.Tensor, start))
params = net.trainable_params()


# %%
class PowerDecay(nn.Cell):
    def __init__(self, decay, factor):
        super().__init__()
        self.decay = decay
        self.factor = factor

    def construct(self, global_step):
        return self.decay * ops.pow(self.factor, global_step)


optimizer = nn.Momentum(
    params,
    learning_rate=0.1,
    momentum=0.9,
    weight_decay=PowerDecay(0.2, 0.5),
)


def forward():
    return net(x).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)

# %%
decays, gradients, weights = [], [], []
for step in range(4):
    decays.append(optimizer.get_weight_decay().item())
    loss, grads = grad_fn()
    optimizer(grads)
    gradients.append([g.asnumpy().copy() for g in grads])
    weights.append([p.asnumpy().copy() for p in params])
    print(step, round(decays[-1], 4), weights[-1][1].round(4))
