# %% tags=["setup"]
import math
import random

import torch

weight = torch.nn.Parameter(torch.zeros(1))


def attempt(factor):
    try:
        optimizer = torch.optim.SGD([weight], lr=0.1)
        scheduler = torch.optim.lr_scheduler.LambdaLR(
            optimizer, factor
        )
        rates = []
        for step in range(4):
            with torch.no_grad():
                weight.zero_()
            weight.grad = torch.ones(1)
            optimizer.step()
            rates.append(round(0 - weight.item(), 4))
            scheduler.step()
    except Exception as error:
        return f"{type(error).__name__}: {error}".split("\n")[0][
            :60
        ]
    return rates


# %%
random.seed(0)

undefined = attempt(lambda step: step // step_per_epoch)  # noqa: F821
python_float = attempt(lambda step: math.cos(step / 4))
integer = attempt(lambda step: step)
drawn = attempt(lambda step: random.random())
torch_cos = attempt(
    lambda step: torch.cos(torch.tensor(step / 4))
)

print("undefined:", undefined)
print("float:    ", python_float)
print("integer:  ", integer)
print("drawn:    ", drawn)
print("cosine:   ", torch_cos)
