# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn
from mindspore.experimental import optim

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]

net = nn.Dense(3, 2, *map(ms.Tensor, start))
params = net.trainable_params()

# %%
optimizer = optim.SGD(
    params, lr=0.1, momentum=0.9, weight_decay=0.2
)


def forward():
    return net(x).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
weights = []
for step in range(4):
    loss, grads = grad_fn()
    optimizer(grads)
    for group in optimizer.param_groups:
        group["weight_decay"] *= 0.5
    weights.append([p.asnumpy().copy() for p in params])
    print(step, weights[-1][1].round(4))
