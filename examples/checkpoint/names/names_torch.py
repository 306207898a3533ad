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


class Wrapper(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.network = net


# %%
net, optimizer = build()
step(net, optimizer)
torch.save(net.state_dict(), "net.pt")
torch.save(optimizer.state_dict(), "optimizer.pt")

# %%
# The network is part of a larger one before the file is loaded.
net, optimizer = build()
whole = Wrapper(net)
try:
    whole.load_state_dict(torch.load("net.pt"))
except RuntimeError as error:
    refused = str(error).splitlines()[1].strip()
    print("RuntimeError:", refused)
print(net.weight.numpy(force=True))

# %%
# The optimizer counts parameters and takes its file.
optimizer.load_state_dict(torch.load("optimizer.pt"))
momentum = optimizer.state[net.weight]["momentum_buffer"]
print(momentum.numpy(force=True))
