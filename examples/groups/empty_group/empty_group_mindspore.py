# %% tags=["setup"]
from collections import OrderedDict

from mindspore import mint, nn
from mindspore.experimental import optim


def block(channels_in, channels_out):
    layers = (
        nn.Conv2d(channels_in, channels_out, 3, has_bias=True),
        nn.ReLU(),
    )
    return nn.SequentialCell(*layers)


layers = OrderedDict(
    layer1=block(3, 12),
    layer2=block(12, 4),
    flat=nn.Flatten(),
    fc=nn.Dense(4, 10),
)
net = nn.SequentialCell(layers)

# %%
names = [param.name for param in net.trainable_params()]
print(names)

conv = [p for p in net.trainable_params() if "conv" in p.name]
rest = [p for p in net.trainable_params() if "conv" not in p.name]
print(len(conv), len(rest))


# %%
def build(optimizer_class):
    groups = [{"params": conv, "lr": 0.01}, {"params": rest}]
    try:
        optimizer = optimizer_class(groups, 0.1)
    except ValueError as error:
        return f"ValueError: {str(error).splitlines()[0]}"
    return f"{len(optimizer.param_groups)} groups"


result = build(nn.SGD)
experimental = build(optim.SGD)
mint_optim = build(mint.optim.SGD)
print("nn", result)
print("experimental", experimental)
print("mint", mint_optim)
