# %% tags=["setup"]
from mindspore import nn, ops


class Net(nn.Cell):
    def __init__(self):
        super().__init__()
        self.fc = nn.Dense(2, 2)
        self.norm = nn.LayerNorm((2,))
        self.beta_head = nn.Dense(2, 2)


def decay_once(make_optimizer):
    net = Net()
    params = net.trainable_params()
    for param in params:
        param.set_data(ops.ones_like(param))
    optimizer = make_optimizer(net)
    optimizer(
        tuple(ops.zeros_like(p) for p in optimizer.parameters)
    )
    return {p.name: p.asnumpy().flat[0].item() for p in params}


def show(values):
    for name, value in values.items():
        print(f"{name:16} {value:.2f}")


# %%
def decay_all(net):
    groups = [{"params": net.trainable_params()}]
    return nn.SGD(groups, 0.1, weight_decay=0.5)


every = decay_once(decay_all)
show(every)


# %%
def skip_norm(net):
    norm = net.norm.trainable_params()
    rest = [
        p for p in net.trainable_params() if "norm" not in p.name
    ]
    groups = [
        {"params": rest},
        {"params": norm, "weight_decay": 0.0},
    ]
    return nn.SGD(groups, 0.1, weight_decay=0.5)


all_but_norm = decay_once(skip_norm)
show(all_but_norm)


# %%
def not_grouped(net):
    return nn.SGD(net.trainable_params(), 0.1, weight_decay=0.5)


ungrouped = decay_once(not_grouped)
show(ungrouped)
