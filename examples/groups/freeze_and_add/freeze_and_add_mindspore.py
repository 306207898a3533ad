# %% tags=["setup"]
import mindspore as ms
from mindspore import mint, nn, ops
from mindspore.experimental import optim

places = {"nn": nn, "experimental": optim, "mint": mint.optim}


def new_params():
    return [ms.Parameter(ops.ones(1), name=name) for name in "ab"]


# %%
frozen = {}
for place, module in places.items():
    first, second = new_params()
    groups = [
        {"params": [first], "lr": 0.0},
        {"params": [second]},
    ]
    step = ms.jit(module.SGD(groups, 0.25))
    step((ops.ones(1), ops.ones(1)))
    frozen[place] = [first.item(), second.item()]
    print(place, frozen[place])

# %%
errors = {}
for place, module in places.items():
    first, second = new_params()
    optimizer = module.SGD([{"params": [second]}], 0.25)
    try:
        optimizer.add_param_group({"params": [first], "lr": 0.5})
        ms.jit(optimizer)((ops.ones(1), ops.ones(1)))
    except (AttributeError, RuntimeError) as error:
        errors[place] = error
        print(type(error).__name__, str(error).splitlines()[0])

# %%
first, second = new_params()
groups = [{"params": [second]}, {"params": [first], "lr": 0.5}]
nn.SGD(groups, 0.25)((ops.ones(1), ops.ones(1)))
added = [first.item(), second.item()]
print(added)
