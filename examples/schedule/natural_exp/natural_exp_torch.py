# %% tags=["setup"]
import math

import torch

weight = torch.nn.Parameter(torch.zeros(1))

# %%
decay_rate, decay_steps = 0.5, 10


def factor(step):
    return math.exp(-decay_rate * step / decay_steps)


optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)

rates = []
for step in range(4):
    rates += scheduler.get_last_lr()
    optimizer.step()
    scheduler.step()
print([round(rate, 4) for rate in rates])
