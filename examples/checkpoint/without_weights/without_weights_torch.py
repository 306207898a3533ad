# %% tags=["setup"]
import torch


def build():
    net = torch.nn.Linear(3, 1, bias=False)
    net.weight.data = torch.zeros(1, 3)
    optimizer = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=0.9
    )
    return net, optimizer


def step(net, optimizer):
    optimizer.zero_grad()
    net(torch.ones(1, 3)).sum().backward()
    optimizer.step()


# %%
# PyTorch's optimizer file never holds the weights.
net, optimizer = build()
step(net, optimizer)
torch.save(net.state_dict(), "net.pt")
torch.save(optimizer.state_dict(), "rest.pt")
print(*torch.load("rest.pt")["state"][0])

# %%
net, optimizer = build()
net.load_state_dict(torch.load("net.pt"))
print(net.weight.numpy(force=True))

optimizer.load_state_dict(torch.load("rest.pt"))
loaded = net.weight.numpy(force=True)
momentum = optimizer.state[net.weight]["momentum_buffer"]
print(loaded)
