# %% tags=["setup"]
import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.ones(2))
        self.shift = torch.nn.Parameter(torch.ones(2))

    def forward(self, x):
        return (x * self.scale + self.shift).square().mean()


# %%
net = Net()
net.shift.requires_grad = False
optimizer = torch.optim.SGD(
    net.parameters(), lr=0.01, weight_decay=0.5
)

# %%
loss = net(x)
loss.backward()
optimizer.step()
frozen = net.shift.numpy(force=True).copy()
trained = net.scale.numpy(force=True).copy()
print(trained.round(4), frozen.round(4))
