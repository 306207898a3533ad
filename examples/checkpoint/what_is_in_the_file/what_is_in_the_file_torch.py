# %% tags=["setup"]
import torch

net = torch.nn.Linear(3, 1, bias=False)


def step(optimizer):
    optimizer.zero_grad()
    net(torch.ones(1, 3)).sum().backward()
    optimizer.step()


# %%
files = {}
for name, optimizer in {
    "SGD": torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    ),
    "Adam": torch.optim.Adam(net.parameters(), lr=0.1),
}.items():
    step(optimizer)
    torch.save(optimizer.state_dict(), f"{name}.pt")
    file = files[name] = torch.load(f"{name}.pt")
    print(f"{name} parameter 0:", *file["state"][0])
    print(f"{name} group 0:", *file["param_groups"][0])
