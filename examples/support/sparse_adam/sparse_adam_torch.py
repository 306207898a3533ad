# %% tags=["setup"]
import numpy as np
import torch

start = np.arange(12, dtype=np.float32).reshape(4, 3) / 10
batches = [[0, 1], [1, 2], [1, 1]]


# %%
def trained(optimizer_class, sparse):
    table = torch.nn.Embedding(4, 3, sparse=sparse)
    table.weight.data = torch.tensor(start)
    optimizer = optimizer_class(table.parameters(), lr=0.01)
    for rows in batches:
        optimizer.zero_grad()
        table(torch.tensor(rows)).square().sum().backward()
        optimizer.step()
    return table.weight.numpy(force=True)


# %%
lazy = trained(torch.optim.SparseAdam, sparse=True)
print(lazy.round(4))

# %%
dense = trained(torch.optim.Adam, sparse=False)
print(dense.round(4))
