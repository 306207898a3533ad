# %% tags=["setup"]
import torch

model = torch.nn.Linear(3, 1)

# %%
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
print(optimizer.param_groups[0]["lr"])

# %%
try:
    torch.optim.SGD(model.parameters(), learning_rate=0.01)
except TypeError as error:
    refused = str(error)
    print("TypeError:", refused)

# %%
plain = torch.optim.SGD(model.parameters())
default = plain.param_groups[0]["lr"]
print(f"{default:.3f}")
