# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops

rng = np.random.default_rng(0)
x = ms.Tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)

net = nn.Dense(3, 1, weight_init=ms.Tensor(start), has_bias=False)


class HalvingDecay(nn.Cell):
    def construct(self, global_step):
        return 0.2 * ops.pow(0.5, global_step)


# %%
try:
    nn.SGD(
        net.trainable_params(), 0.1, weight_decay=HalvingDecay()
    )
except TypeError as error:
    refused = str(error)[:54]
print("TypeError:", refused)

# %%
optimizer = nn.Momentum(
    net.trainable_params(), 0.1, 0.0, weight_decay=HalvingDecay()
)


def forward():
    return net(x).square().mean()


grad_fn = ms.value_and_grad(forward, None, optimizer.parameters)
weights = []
for step in range(3):
    loss, grads = grad_fn()
    optimizer(grads)
    weights.append(net.weight.asnumpy().copy())
    print(step, weights[-1].round(4))
