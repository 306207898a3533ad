# %% tags=["setup"]
import mindspore as ms

net = ms.nn.Dense(3, 1, has_bias=False)


def build(**hyperparameters):
    return ms.nn.SGD(net.trainable_params(), **hyperparameters)


def read(optimizer):
    names = ("learning_rate", "momentum", "weight_decay")
    values = [
        getattr(optimizer, name).asnumpy() for name in names
    ]
    return {
        name: round(float(v), 6) for name, v in zip(names, values)
    }


# %%
old = build(learning_rate=0.1, momentum=0.9, weight_decay=0.0)
ms.save_checkpoint(old, "optimizer.ckpt")

# %%
new = {
    "learning_rate": 0.01,
    "momentum": 0.5,
    "weight_decay": 0.2,
}
optimizer = build(**new)
state = ms.load_checkpoint("optimizer.ckpt")
ms.load_param_into_net(optimizer, state)
loaded = read(optimizer)
print(loaded)

# %%
# Leave the old rate out of what is loaded.
optimizer = build(**new)
state = ms.load_checkpoint("optimizer.ckpt")
del state["learning_rate"]
left_out, _ = ms.load_param_into_net(optimizer, state)
mended = read(optimizer)
print(mended, left_out)
