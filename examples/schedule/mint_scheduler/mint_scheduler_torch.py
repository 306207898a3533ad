# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))


def run(optimizer):
    scheduler = torch.optim.lr_scheduler.ExponentialLR(
        optimizer, gamma=0.5
    )
    read, used = [], []
    for epoch in range(3):
        with torch.no_grad():
            weight.zero_()
        weight.grad = torch.ones(1)
        optimizer.step()
        read += scheduler.get_last_lr()
        used.append(0 - weight.item())
        scheduler.step()
    print("read", [round(rate, 4) for rate in read])
    print("used", [round(rate, 4) for rate in used])
    return read, used


# %%
read, used = run(torch.optim.SGD([weight], lr=0.1))

# %%
adam_read, adam_used = run(torch.optim.Adam([weight], lr=0.1))
