# %% tags=["setup"]
import torch


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(2, 2)
        self.norm = torch.nn.LayerNorm(2)
        self.beta_head = torch.nn.Linear(2, 2)


def decay_once(make_optimizer):
    net = Net()
    for param in net.parameters():
        torch.nn.init.ones_(param)
        param.grad = torch.zeros_like(param)
    make_optimizer(net).step()
    return {
        name: param.detach().flatten()[0].item()
        for name, param in net.named_parameters()
    }


def show(values):
    for name, value in values.items():
        print(f"{name:16} {value:.2f}")


# %%
def decay_all(net):
    return torch.optim.SGD(
        net.parameters(), 0.1, weight_decay=0.5
    )


every = decay_once(decay_all)
show(every)


# %%
def skip_norm(net):
    norm = list(net.norm.parameters())
    rest = [
        p for n, p in net.named_parameters() if "norm" not in n
    ]
    groups = [
        {"params": rest},
        {"params": norm, "weight_decay": 0},
    ]
    return torch.optim.SGD(groups, 0.1, weight_decay=0.5)


all_but_norm = decay_once(skip_norm)
show(all_but_norm)
