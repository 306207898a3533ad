# %% tags=["setup"]
import inspect

import mindspore as ms
from mindspore import mint, nn
from mindspore.experimental import optim

places = {"nn": nn, "experimental": optim, "mint": mint.optim}
bases = (nn.Optimizer, optim.Optimizer)
classes = {
    (place, name): found
    for place, module in places.items()
    for name, found in sorted(vars(module).items())
    if inspect.isclass(found)
    and issubclass(found, bases)
    and found not in bases
}
four = ("foreach", "fused", "differentiable", "capturable")
needed = {"SGD": (0.1,), "Lamb": (0.1,), "Momentum": (0.1, 0.9)}


def start(name):
    params = [ms.Parameter(ms.Tensor([1.0, 2.0]), name="param")]
    if name in ("LARS", "OptTFTWrapper"):
        return (nn.SGD(params, 0.1),)
    return (params, *needed.get(name, ()))


# %%
accepted = {argument: [] for argument in four}
errors = {}
for (place, name), optimizer_class in classes.items():
    for argument in four:
        try:
            optimizer_class(*start(name), **{argument: True})
            accepted[argument].append(name)
        except (TypeError, KeyError, ValueError) as error:
            errors[place, name, argument] = error
for argument in four:
    print(
        f"{argument}:",
        len(accepted[argument]),
        "of",
        len(classes),
    )
