# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore import nn, ops
from mindspore.experimental import optim


# %%
def outcome(value, optimizer_class=nn.SGD):
    param = ms.Parameter(ops.ones(1), name="param")
    groups = [{"params": [param], "weight_decay": value}]
    try:
        optimizer_class(groups, 1.0)((ops.zeros(1),))
    except (TypeError, ValueError, RuntimeError) as error:
        return type(error).__name__
    return round(param.item(), 4)


# %%
values = {
    "0.25": 0.25,
    "0": 0,
    "1": 1,
    "True": True,
    "np.float64(0.25)": np.float64(0.25),
    "np.float32(0.25)": np.float32(0.25),
    "tensor": ms.Tensor(0.25),
    "-0.25": -0.25,
    "nan": float("nan"),
    "None": None,
    "text": "0.25",
}
outcomes = {
    name: outcome(value) for name, value in values.items()
}
for name, result in outcomes.items():
    print(f"{name:18}{result}")


# %%
class Growing(nn.Cell):
    def construct(self, step):
        return 0.25 * (step + 1)


for optimizer_class in (nn.SGD, nn.RMSProp, optim.SGD):
    print(
        optimizer_class.__name__,
        outcome(Growing(), optimizer_class),
    )
