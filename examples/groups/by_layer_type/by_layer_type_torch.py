# %% tags=["setup"]
import math

import numpy as np
import torch
from torch import nn

rng = np.random.RandomState(0)
shapes = [(12, 3, 3, 3), (12,), (12,), (4, 12, 3, 3), (4,), (4,)]
shapes += [(10, 100), (10,)]
start = [rng.randn(*s).astype(np.float32) / 3 for s in shapes]
images = torch.tensor(rng.randn(8, 3, 24, 24).astype(np.float32))
labels = torch.tensor(rng.randint(0, 10, 8))


def block(channels_in, channels_out):
    return nn.Sequential(
        nn.Conv2d(
            channels_in, channels_out, 3, padding=1, bias=False
        ),
        nn.BatchNorm2d(channels_out),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = block(3, 12)
        self.layer2 = block(12, 4)
        self.pool = nn.AdaptiveMaxPool2d((5, 5))
        self.fc = nn.Linear(100, 10)

    def forward(self, x):
        x = self.pool(self.layer2(self.layer1(x)))
        return self.fc(x.reshape(-1, 100))


net = Network()
params = list(net.parameters())
for param, value in zip(params, start):
    param.data.copy_(torch.tensor(value))
loss_fn = nn.CrossEntropyLoss()

# %%
conv, norm, dense = [], [], []
for layer in net.modules():
    if isinstance(layer, nn.Conv2d):
        conv.append(layer.weight)
    elif isinstance(layer, nn.BatchNorm2d):
        norm += [layer.weight, layer.bias]
    elif isinstance(layer, nn.Linear):
        dense.append(layer.weight)
grouped = {id(param) for param in conv + norm + dense}
other = [param for param in params if id(param) not in grouped]

# %%
optimizer = torch.optim.SGD(
    [
        {"params": conv, "weight_decay": 1e-2, "lr": 0.05},
        {"params": norm, "weight_decay": 0.0, "lr": 0.01},
        {"params": dense, "weight_decay": 1e-3, "lr": 0.02},
        {"params": other},
    ],
    lr=0.03,
    momentum=0.9,
)


def cosine(epoch):
    return (1 + math.cos(math.pi * epoch / 4)) / 2


def constant(epoch):
    return 1.0


scheduler = torch.optim.lr_scheduler.LambdaLR(
    optimizer, [cosine, constant, constant, constant]
)

# %%
history, rates = [], []
for epoch in range(4):
    for _ in range(2):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.zero_grad()
        loss = loss_fn(net(images), labels)
        loss.backward()
        optimizer.step()
        history.append(
            [p.detach().numpy(force=True).copy() for p in params]
        )
    scheduler.step()
    print(f"conv rate {rates[-1]:.4f}  loss {loss.item():.4f}")
