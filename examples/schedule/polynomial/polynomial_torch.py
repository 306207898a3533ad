# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
batches = torch.tensor(
    rng.normal(size=(6, 8, 3)).astype(np.float32)
)
start = rng.normal(size=(1, 3)).astype(np.float32)

net = torch.nn.Linear(3, 1, bias=False)
net.weight.data = torch.tensor(start)

# %%
first, last, decay_steps, power = 0.1, 0.01, 4, 0.5


def factor(step):
    left = 1 - min(step, decay_steps) / decay_steps
    return ((first - last) * left**power + last) / first


optimizer = torch.optim.SGD(
    net.parameters(), lr=first, momentum=0.9
)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)

# %%
rates, weights = [], []
for x in batches:
    optimizer.zero_grad()
    net(x).square().mean().backward()
    rates += scheduler.get_last_lr()
    optimizer.step()
    scheduler.step()
    weights.append(net.weight.detach().clone())
print([round(rate, 4) for rate in rates])
print(net.weight.numpy(force=True).round(4))
