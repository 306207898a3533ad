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


class HalvingDecay(nn.Cell):
    def construct(self, global_step):
        return 0.2 * ops.pow(0.5, global_step)


# %%
try:
    nn.SGD(params, 0.1, weight_decay=HalvingDecay())
except TypeError as error:
    refused = str(error)[:54]
print("TypeError:", refused)

# %%
optimizer = nn.Momentum(
    params, 0.1, 0.0, weight_decay=HalvingDecay()
)


def forward():
    return net(x).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
weights = []
for step in range(3):
    loss, grads = grad_fn()
    optimizer(grads)
    weights.append([p.asnumpy().copy() for p in params])
    print(step, weights[-1][1].round(4))
