# %% tags=["setup"]
import torch


def build():
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(
        optimizer, gamma=0.5
    )
    return weight, optimizer, scheduler


def used(weight, optimizer, scheduler, steps):
    rates = []
    for step in range(steps):
        with torch.no_grad():
            weight.zero_()
        weight.grad = torch.ones(1)
        optimizer.step()
        rates.append(0 - weight.item())
        scheduler.step()
    print([round(rate, 4) for rate in rates])
    return rates


# %%
weight, optimizer, scheduler = build()
before = used(weight, optimizer, scheduler, 3)
torch.save(
    {
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
    },
    "optimizer.pt",
)

# %%
weight, optimizer, scheduler = build()
saved = torch.load("optimizer.pt")
optimizer.load_state_dict(saved["optimizer"])
scheduler.load_state_dict(saved["scheduler"])
after = used(weight, optimizer, scheduler, 2)
