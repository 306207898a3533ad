# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn

start = {
    "first": np.array([1.0, 2.0], np.float32),
    "second": np.array([3.0, 4.0], np.float32),
    "third": np.array([5.0, 6.0], np.float32),
}
gradient = {
    "first": np.array([1.0, 1.0], np.float32),
    "second": np.array([10.0, 10.0], np.float32),
    "third": np.array([20.0, 20.0], np.float32),
}


# %%
def build(ordered):
    params = {
        k: ms.Parameter(v, name=k) for k, v in start.items()
    }
    groups = [
        {"params": [params["third"]], "lr": 0.01},
        {"params": [params["first"], params["second"]]},
    ]
    if ordered:
        groups.append({"order_params": list(params.values())})
    return params, nn.SGD(groups, learning_rate=0.1)


def values(params):
    return {
        name: param.asnumpy() for name, param in params.items()
    }


# %%
in_order = tuple(ms.Tensor(value) for value in gradient.values())

params, optimizer = build(ordered=True)
order = [param.name for param in optimizer.parameters]
optimizer(in_order)
weights = values(params)
print(order)
for name, weight in weights.items():
    print(name, weight.round(3))

# %%
params, optimizer = build(ordered=False)
group_order = [param.name for param in optimizer.parameters]
optimizer(in_order)
mixed_up = values(params)
print(group_order)
for name, weight in mixed_up.items():
    print(name, weight.round(3))

# %%
params, optimizer = build(ordered=False)
optimizer(
    tuple(
        ms.Tensor(gradient[p.name]) for p in optimizer.parameters
    )
)
matched = values(params)
for name, weight in matched.items():
    print(name, weight.round(3))
