# %% tags=["setup"]
import torch


def new_params():
    params = [torch.nn.Parameter(torch.ones(1)) for _ in range(2)]
    for param in params:
        param.grad = torch.ones(1)
    return params


# %%
first, second = new_params()
groups = [{"params": [first], "lr": 0.0}, {"params": [second]}]
torch.optim.SGD(groups, lr=0.25).step()
frozen = [first.item(), second.item()]
print(frozen)

# %%
first, second = new_params()
optimizer = torch.optim.SGD([{"params": [second]}], lr=0.25)
optimizer.add_param_group({"params": [first], "lr": 0.5})
optimizer.step()
added = [first.item(), second.item()]
print(added)
