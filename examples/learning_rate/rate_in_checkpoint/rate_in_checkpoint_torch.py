# %% tags=["setup"]
import numpy as np
import torch

start = np.zeros(2, np.float32)
weight = torch.nn.Parameter(torch.tensor(start))
gradient = torch.tensor([0.5, 0.25])

# %%
old = torch.optim.SGD([weight], lr=0.1)
torch.save(old.state_dict(), "old.pt")

# %%
new = torch.optim.SGD([weight], lr=0.01)
built = new.param_groups[0]["lr"]
print(built)

new.load_state_dict(torch.load("old.pt"))

loaded = new.param_groups[0]["lr"]
print(loaded)

# %%
new.param_groups[0]["lr"] = 0.01
kept = new.param_groups[0]["lr"]
print(kept)
