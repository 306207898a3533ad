# %% tags=["setup"]
from collections import OrderedDict

from mindspore import mint, nn
from mindspore.experimental import optim

layers = OrderedDict(
    conv=nn.Conv2d(1, 2, 3, has_bias=True),
    fc=nn.Dense(2, 2),
)
net = nn.SequentialCell(layers)


# %%
def is_conv(param):
    return "conv" in param.name


def is_other(param):
    return not is_conv(param)


def as_iterators():
    conv = filter(is_conv, net.trainable_params())
    other = filter(is_other, net.trainable_params())
    return [{"params": list(conv), "lr": 0.01}, {"params": other}]


optimizer = nn.SGD(as_iterators())
kept = [param.name for param in optimizer.parameters]
print("iterator", kept)

# %%
groups = as_iterators()
groups[1]["params"] = list(groups[1]["params"])
optimizer = nn.SGD(groups)
from_lists = [param.name for param in optimizer.parameters]
print("list    ", from_lists)

# %%
for place in (optim, mint.optim):
    optimizer = place.SGD(as_iterators(), lr=0.1)
    counts = [
        len(group["params"]) for group in optimizer.param_groups
    ]
    print(place.__name__, counts)
