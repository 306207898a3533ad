# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
start = rng.normal(size=(1, 3)).astype(np.float32)


def train(make_optimizer):
    net = torch.nn.Linear(3, 1, bias=False)
    net.weight.data = torch.tensor(start)
    optimizer = make_optimizer(net.parameters())
    gradients, weights = [], []
    for step in range(3):
        optimizer.zero_grad()
        loss = net(x).square().mean()
        loss.backward()
        optimizer.step()
        gradients.append(net.weight.grad.numpy(force=True).copy())
        weights.append(net.weight.numpy(force=True).copy())
    print(weights[-1].round(4))
    return gradients, weights


# %%
adam = train(
    lambda params: torch.optim.Adam(params, 0.1, weight_decay=0.5)
)

# %%
adamw = train(
    lambda params: torch.optim.AdamW(
        params, 0.1, weight_decay=0.5
    )
)
