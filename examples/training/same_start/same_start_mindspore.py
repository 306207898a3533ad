# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

x = ms.Tensor(
    np.random.default_rng(0).normal(size=(4, 3)).astype("float32")
)

# %%
ms.set_seed(0)
net = nn.SequentialCell(
    nn.Dense(3, 2), nn.BatchNorm1d(2), nn.Dropout(p=0.5)
)
print(net[0].weight.asnumpy().round(3))
print("training:", net.training)
output = net(x).asnumpy()
print(output.round(4))

# %%
NAMES = {
    "1.weight": "1.gamma",
    "1.bias": "1.beta",
    "1.running_mean": "1.moving_mean",
    "1.running_var": "1.moving_variance",
}


def load(net, start):
    parameters = net.parameters_dict()
    for name, value in start.items():
        if name != "1.num_batches_tracked":
            parameter = parameters[NAMES.get(name, name)]
            parameter.copy_(ms.Tensor(value))
