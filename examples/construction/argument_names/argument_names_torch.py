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
    print("TypeError:", error)

# %%
optimizer = torch.optim.SGD(model.parameters())
default = optimizer.param_groups[0]["lr"]
print(f"{default:.3f}")
