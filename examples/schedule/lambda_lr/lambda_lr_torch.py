# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))


def used(optimizer, after_epoch):
    rates = []
    for epoch in range(12):
        for step in range(2):
            with torch.no_grad():
                weight.zero_()
            weight.grad = torch.ones(1)
            optimizer.step()
            rates.append(0 - weight.item())
        after_epoch()
    print([round(rate, 2) for rate in rates[::2]])
    return rates


# %%
def factor(epoch):
    return epoch // 5


optimizer = torch.optim.SGD([weight], lr=0.01)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
rates = used(optimizer, scheduler.step)
