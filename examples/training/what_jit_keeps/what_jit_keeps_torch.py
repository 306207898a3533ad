# %% tags=["setup"]
import numpy as np
import torch

np.random.seed(0)
torch.manual_seed(0)
x = torch.tensor([1.0, 2.0])
longer = torch.tensor([1.0, 2.0, 3.0])
factor = 2.0
calls = []


# %%
def scale(x):
    return x * factor


before = scale(x)
factor = 3.0
after = scale(x)
new_shape = scale(longer)
print(before, after, new_shape)


# %%
def add_noise(x):
    calls.append("noise")
    return x + np.random.rand()


noisy = [add_noise(x).numpy() for _ in range(3)]
print(noisy[0] == noisy[1], len(calls))


# %%
net = torch.nn.Dropout(0.5)


def forward(x):
    return net(x)


net.train()
trained = forward(torch.ones(8))
net.eval()
evaluated = forward(torch.ones(8))
print(evaluated)
