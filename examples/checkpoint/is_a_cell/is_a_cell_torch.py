# %% tags=["setup"]
import torch

net = torch.nn.Linear(3, 1, bias=False)

# %%
optimizer = torch.optim.SGD(
    net.parameters(), lr=0.1, momentum=0.9
)
is_network_class = isinstance(optimizer, torch.nn.Module)
print(is_network_class)

# %%
for name, value in optimizer.state_dict().items():
    print(name, value if name == "state" else len(value))

# %%
optimizer.load_state_dict(optimizer.state_dict())
print("loaded")
