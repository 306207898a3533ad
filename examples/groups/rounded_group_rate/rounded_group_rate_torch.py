# %% tags=["setup"]
import torch

rates = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]

# %%
params = [torch.nn.Parameter(torch.zeros(1)) for _ in range(8)]
groups = [{"params": [params[0]], "lr": 1.0}]
for param, rate in zip(params[1:], rates):
    groups.append({"params": [param], "lr": rate})
optimizer = torch.optim.SGD(groups)
constant = [lambda step: 1.0] * len(rates)
scheduler = torch.optim.lr_scheduler.LambdaLR(
    optimizer, [lambda step: 0.5**step, *constant]
)

# %%
for param in params:
    param.grad = torch.ones(1)
optimizer.step()
scheduler.step()
first, *moved = [-param.item() for param in params]
for rate, distance in zip(rates, moved):
    print(f"rate {rate:.0e}  moved {distance:.3e}")
