# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))

# %%
optimizer = torch.optim.SGD([weight], lr=0.1)
scheduler = torch.optim.lr_scheduler.ExponentialLR(
    optimizer, gamma=0.5
)

weights = []
for step in range(4):
    weight.grad = torch.ones(1)
    optimizer.step()
    scheduler.step()
    weights.append(weight.item())
    print(f"step {step}: weight {weight.item():.4f}")
