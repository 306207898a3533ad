# %% tags=["setup"]
import mindspore as ms
from mindspore import nn, ops

rates = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]


# %%
def one_step(first_rate, rates):
    params = [
        ms.Parameter(ops.zeros(1), name=name)
        for name in "abcdefgh"
    ]
    groups = [{"params": [params[0]], "lr": first_rate}]
    for param, rate in zip(params[1:], rates):
        groups.append({"params": [param], "lr": rate})
    optimizer = nn.SGD(groups)
    optimizer((ops.ones(1),) * 8)
    return [-param.item() for param in params]


# %%
schedule = nn.ExponentialDecayLR(1.0, 0.5, 1)
first, *moved = one_step(schedule, rates)
for rate, distance in zip(rates, moved):
    print(f"rate {rate:.0e}  moved {distance:.3e}")

# %%
constant = [[rate] * 2 for rate in rates]
first_by_list, *moved_by_lists = one_step([1.0, 0.5], constant)
for rate, distance in zip(rates, moved_by_lists):
    print(f"rate {rate:.0e}  moved {distance:.3e}")
