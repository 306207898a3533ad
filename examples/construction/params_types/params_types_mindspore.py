# %% tags=["setup"]
import mindspore as ms

model = ms.nn.Dense(3, 1)
weight, bias = model.weight, model.bias


def exhausted():
    iterator = iter(model.trainable_params())
    list(iterator)
    return iterator


def outcome(make, cls=ms.nn.SGD):
    try:
        optimizer = cls(make(), 0.1)
    except Exception as error:
        return type(error).__name__
    return len(optimizer.parameters)


# %%
cases = {
    "list": lambda: [weight, bias],
    "tuple": lambda: (weight, bias),
    "iterator": model.get_parameters,
    "generator": lambda: (p for p in model.trainable_params()),
    "values of a dict": {"w": weight, "b": bias}.values,
    "dict": lambda: {"w": weight, "b": bias},
    "named iterator": model.parameters_and_names,
    "one parameter": lambda: weight,
    "a tensor": lambda: [ms.ops.ones(3)],
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
