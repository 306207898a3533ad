# %% tags=["setup"]
import inspect

import mindspore as ms
import numpy as np
from mindspore import mint, nn
from mindspore.experimental import optim

start = np.array([[1.0, -2.0, 3.0]], np.float32)
slope = np.array([[0.1, 0.2, -0.4]], np.float32)
kinds = {3: "moves", 0: "moves nothing"}
bases = (nn.Optimizer, optim.Optimizer)
needed = {"SGD": (0.1,), "Lamb": (0.1,), "Momentum": (0.1, 0.9)}


def public_optimizers(module):
    return {
        name: found
        for name, found in sorted(vars(module).items())
        if inspect.isclass(found)
        and issubclass(found, bases)
        and found not in bases
    }


# %%
def one_step(name, optimizer_class):
    param = ms.Parameter(ms.Tensor(start), name="param")
    if name in ("LARS", "OptTFTWrapper"):
        optimizer = optimizer_class(nn.SGD([param], 0.1))
    else:
        optimizer = optimizer_class(
            [param], *needed.get(name, ())
        )
    optimizer((ms.Tensor(slope),))
    return param.asnumpy()


# %%
places = {"nn": nn, "experimental": optim, "mint": mint.optim}
outcomes, errors = {}, {}
for place, module in places.items():
    print(place)
    for name, optimizer_class in public_optimizers(
        module
    ).items():
        try:
            weight = one_step(name, optimizer_class)
            moved = (weight != start).sum()
            outcome = kinds.get(moved, "moves some")
        except (RuntimeError, ValueError) as error:
            errors[place, name] = str(error)
            outcome = type(error).__name__
        outcomes[place, name] = outcome
        print(f"  {name:16}", outcome)
