# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(size=(4, 3)).astype(np.float32))
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]


def train(make_optimizer):
    net = torch.nn.Linear(3, 2)
    params = list(net.parameters())
    for param, value in zip(params, start):
        param.data = torch.tensor(value)
    optimizer = make_optimizer(params)
    gradients, weights = [], []
    for step in range(3):
        optimizer.zero_grad()
        loss = net(x).square().mean()
        loss.backward()
        optimizer.step()
        gradients.append(
            [p.grad.numpy(force=True).copy() for p in params]
        )
        weights.append(
            [p.numpy(force=True).copy() for p in params]
        )
    print(weights[-1][1].round(4))
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
