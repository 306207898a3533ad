# %% tags=["setup"]
import inspect

import torch

names = sorted(
    name
    for name, found in vars(torch.optim).items()
    if inspect.isclass(found)
    and issubclass(found, torch.optim.Optimizer)
    and found is not torch.optim.Optimizer
)
four = ("foreach", "fused", "differentiable", "capturable")

# %%
accepted = {argument: [] for argument in four}
for name in names:
    optimizer_class = getattr(torch.optim, name)
    parameters = inspect.signature(optimizer_class).parameters
    for argument in four:
        if argument in parameters:
            accepted[argument].append(name)
for argument in four:
    print(
        f"{argument}:", len(accepted[argument]), "of", len(names)
    )
