# %% tags=["setup"]
import mindspore as ms
from mindspore.experimental import optim
from mindspore.mint import optim as mint

net = ms.nn.Dense(3, 1, has_bias=False)
weights = net.trainable_params()
schedule = ms.nn.ExponentialDecayLR(0.1, 0.9, decay_steps=2)

# %%
optimizers = {
    "nn.SGD": ms.nn.SGD(
        weights, 0.1, momentum=0.9, weight_decay=0.01
    ),
    "nn.SGD list": ms.nn.SGD(weights, [0.1, 0.2, 0.3]),
    "nn.SGD schedule": ms.nn.SGD(weights, schedule),
    "nn.Adam": ms.nn.Adam(weights, 0.1),
    "experimental.SGD": optim.SGD(weights, 0.1, momentum=0.9),
    "experimental.Adam": optim.Adam(weights, 0.1),
    "mint.SGD": mint.SGD(weights, 0.1, momentum=0.9),
    "mint.Adam": mint.Adam(weights, 0.1),
}
files = {}
for name, optimizer in optimizers.items():
    ms.save_checkpoint(optimizer, f"{name}.ckpt")
    files[name] = ms.load_checkpoint(f"{name}.ckpt")
    print(f"{name}:", *files[name])
