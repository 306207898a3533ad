# %% tags=["setup"]
import inspect

import torch


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
names = public_optimizers(torch.optim, torch.optim.Optimizer)
print(*names, sep="\n")
