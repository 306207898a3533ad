# %% tags=["setup"]
import inspect

from mindspore import mint, nn
from mindspore.experimental import optim


# %%
def public_optimizers(module, base):
    return sorted(
        name
        for name, found in vars(module).items()
        if inspect.isclass(found)
        and issubclass(found, base)
        and found is not base
        and not name.startswith("_")
    )


# %%
names = {
    "nn": public_optimizers(nn, nn.Optimizer),
    "experimental": public_optimizers(optim, optim.Optimizer),
    "mint": public_optimizers(mint.optim, optim.Optimizer),
}
for place, found in names.items():
    print(f"{place}:", *found, sep="\n  ")
