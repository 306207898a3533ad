# %% tags=["setup"]
import numpy as np
import torch


# %%
def outcome(value):
    param = torch.nn.Parameter(torch.ones(1))
    param.grad = torch.zeros(1)
    groups = [{"params": [param], "weight_decay": value}]
    try:
        torch.optim.SGD(groups, lr=1.0).step()
    except (TypeError, ValueError, RuntimeError) as error:
        return type(error).__name__
    return param.item()


# %%
values = {
    "0.25": 0.25,
    "0": 0,
    "1": 1,
    "True": True,
    "np.float64(0.25)": np.float64(0.25),
    "np.float32(0.25)": np.float32(0.25),
    "tensor": torch.tensor(0.25),
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
