# %% tags=["setup"]
import numpy as np
import torch
from torch import nn

x = torch.tensor(
    np.random.default_rng(0).normal(size=(4, 3)).astype("float32")
)

# %%
torch.manual_seed(0)
net = nn.Sequential(
    nn.Linear(3, 2), nn.BatchNorm1d(2), nn.Dropout(0.5)
)
print(net[0].weight.numpy(force=True).round(3))
print("training:", net.training)

# %%
start = {
    name: value.numpy(force=True)
    for name, value in net.state_dict().items()
}
net.eval()
output = net(x).numpy(force=True)
print(output.round(4))
