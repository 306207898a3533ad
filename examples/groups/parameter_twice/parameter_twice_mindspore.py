# %% tags=["setup"]
from mindspore import nn
from mindspore.experimental import optim


# %%
def outcome(groups, optimizer_class=nn.SGD):
    try:
        optimizer_class(groups, 0.1)
    except (RuntimeError, ValueError) as error:
        return type(error).__name__
    return "accepted"


# %%
net = nn.Dense(2, 2)
weight, bias = net.trainable_params()
cases = {
    "two groups": [
        {"params": [weight, bias]},
        {"params": [bias]},
    ],
    "one group": [{"params": [weight, bias, bias]}],
    "no groups": [weight, bias, bias],
}
outcomes = {
    name: outcome(groups) for name, groups in cases.items()
}
experimental = {
    k: outcome(v, optim.SGD) for k, v in cases.items()
}
for name, result in outcomes.items():
    print(f"{name:12}{result:14}{experimental[name]}")

# %%
nets = [nn.Dense(2, 2), nn.Dense(2, 2)]
two_nets = [{"params": net.trainable_params()} for net in nets]
same_names = outcome(two_nets)
print(same_names)

nets[1].update_parameters_name("second.")
other_names = outcome(two_nets)
print(
    other_names,
    [param.name for param in nets[1].trainable_params()],
)
