# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(32, 8)).astype(np.float32))
y = torch.tensor(rng.normal(size=(32, 4)).astype(np.float32))
start = rng.normal(size=(4, 8)).astype(np.float32)

net = torch.nn.Linear(8, 4, bias=False)
net.weight.data = torch.tensor(start)

# %%
optimizer = torch.optim.Muon(
    net.parameters(), lr=0.02, weight_decay=0.1, momentum=0.95
)
weights = []
for step in range(60):
    optimizer.zero_grad()
    loss = (net(x) - y).square().mean()
    loss.backward()
    optimizer.step()
    weights.append(net.weight.numpy(force=True).copy())
print(round(loss.item(), 4), weights[-1][0, :4].round(4))
