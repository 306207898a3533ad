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


def momentum_of(net, optimizer):
    return optimizer.state[net.weight]["momentum_buffer"]


# %%
net, optimizer = build()
step(net, optimizer)
torch.save(net.state_dict(), "net.pt")
torch.save(optimizer.state_dict(), "optimizer.pt")

# %%
net_state = torch.load("net.pt")
state = torch.load("optimizer.pt")
pairs = [build(), build()]
for net, optimizer in pairs:
    net.load_state_dict(net_state)
    optimizer.load_state_dict(state)

step(*pairs[0])
weights = [net.weight.numpy(force=True)[0] for net, _ in pairs]
momenta = [
    momentum_of(*pair).numpy(force=True)[0] for pair in pairs
]
print("weight  ", *weights)
print("momentum", *momenta)
