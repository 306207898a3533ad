# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
shapes = (2, 3), (2,)
start = [rng.normal(size=s).astype(np.float32) for s in shapes]
gradients = [
    [rng.normal(size=s).astype(np.float32) for s in shapes]
    for _ in range(4)
]


def build():
    model = torch.nn.Linear(3, 2)
    for parameter, value in zip(model.parameters(), start):
        parameter.data = torch.tensor(value)
    return model


def run(model, optimizer):
    parameters, weights = list(model.parameters()), []
    for values in gradients:
        for parameter, value in zip(parameters, values):
            parameter.grad = torch.tensor(value)
        optimizer.step()
        weights.append(
            [p.numpy(force=True).copy() for p in parameters]
        )
    print(weights[-1][1].round(4))
    return weights


# %%
model = build()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
plain = run(model, optimizer)

# %%
model = build()
optimizer = torch.optim.SGD(
    model.parameters(),
    lr=0.1,
    momentum=0.9,
    dampening=0.3,
    weight_decay=0.01,
)
dampened = run(model, optimizer)

# %%
model = build()
optimizer = torch.optim.SGD(
    model.parameters(),
    lr=0.1,
    momentum=0.9,
    weight_decay=0.01,
    nesterov=True,
)
nesterov = run(model, optimizer)
