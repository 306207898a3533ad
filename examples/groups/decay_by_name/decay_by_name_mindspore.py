# %% tags=["setup"]
from collections import OrderedDict

from mindspore import nn, ops
from mindspore.experimental import optim

layers = OrderedDict(
    dense=nn.Dense(2, 2),
    norm=nn.BatchNorm1d(2),
    gamma_head=nn.Dense(2, 2),
)
net = nn.SequentialCell(layers)


# %%
def decayed(groups, optimizer_class):
    for param in net.trainable_params():
        param.set_data(ops.ones_like(param))
    optimizer = optimizer_class(groups, 1.0, weight_decay=0.25)
    optimizer(
        tuple(ops.zeros_like(p) for p in optimizer.parameters)
    )
    named = net.trainable_params()
    return {
        param.name: param.asnumpy().mean().item()
        for param in named
    }


# %%
params = net.trainable_params()
plain = decayed(params, nn.SGD)
one_group = decayed([{"params": params}], nn.SGD)
experimental = decayed(params, optim.SGD)
for name, value in plain.items():
    print(
        f"{name:18}{value:6}{one_group[name]:6}{experimental[name]:6}"
    )

# %%
matrices = [param for param in params if param.ndim > 1]
vectors = [param for param in params if param.ndim == 1]
groups = [
    {"params": matrices},
    {"params": vectors, "weight_decay": 0.0},
]
two_groups = decayed(groups, nn.SGD)
for name, value in two_groups.items():
    print(f"{name:18}{value:6}")
