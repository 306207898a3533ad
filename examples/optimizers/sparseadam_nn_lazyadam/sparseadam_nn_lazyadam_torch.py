# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
start = rng.normal(size=(5, 3)).astype(np.float32)
batches = rng.integers(0, 5, size=(60, 2)).tolist()

# %%
table = torch.nn.Embedding(5, 3, sparse=True)
table.weight.data = torch.tensor(start)
optimizer = torch.optim.SparseAdam(
    table.parameters(), lr=0.01, eps=1e-2
)
weights = []
for rows in batches:
    optimizer.zero_grad()
    loss = table(torch.tensor(rows)).square().sum()
    loss.backward()
    optimizer.step()
    weights.append(table.weight.numpy(force=True).copy())
print(weights[-1][0].round(4))
