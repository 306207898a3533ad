# %% tags=["setup"]
import torch

model = torch.nn.Linear(3, 1)
weight, bias = model.weight, model.bias


def exhausted():
    iterator = model.parameters()
    list(iterator)
    return iterator


def outcome(make):
    try:
        optimizer = torch.optim.SGD(make(), lr=0.1)
    except Exception as error:
        return type(error).__name__
    groups = optimizer.param_groups
    return sum(len(group["params"]) for group in groups)


# %%
cases = {
    "list": lambda: [weight, bias],
    "tuple": lambda: (weight, bias),
    "iterator": model.parameters,
    "generator": lambda: (p for p in model.parameters()),
    "values of a dict": {"w": weight, "b": bias}.values,
    "dict": lambda: {"w": weight, "b": bias},
    "named iterator": model.named_parameters,
    "one parameter": lambda: weight,
    "a tensor": lambda: [torch.ones(3)],
    "empty list": list,
    "exhausted iterator": exhausted,
    "list of groups": lambda: [
        {"params": [weight]},
        {"params": [bias]},
    ],
    "iterator in a group": lambda: [
        {"params": iter([weight])},
        {"params": [bias]},
    ],
    "parameter as group": lambda: [
        {"params": weight},
        {"params": bias},
    ],
    "iterator of groups": lambda: (
        {"params": [p]} for p in [weight, bias]
    ),
}
outcomes = {name: outcome(make) for name, make in cases.items()}
for name, came in outcomes.items():
    print(f"{name:20} {came}")
