# %% tags=["setup"]
import numpy as np
import torch

rng = np.random.default_rng(0)
x = rng.normal(size=(16, 3)).astype(np.float32)
y = rng.normal(size=(16, 2)).astype(np.float32)
weight = rng.normal(size=(2, 3)).astype(np.float32)
bias = rng.normal(size=2).astype(np.float32)


def model():
    net = torch.nn.Linear(3, 2)
    net.weight.data = torch.tensor(weight)
    net.bias.data = torch.tensor(bias)
    return net


# %%
def train(net, optimizer):
    weights = []
    for _ in range(60):
        optimizer.zero_grad()
        error = net(torch.tensor(x)) - torch.tensor(y)
        error.square().mean().backward()
        optimizer.step()
        weights.append(
            [p.numpy(force=True).copy() for p in net.parameters()]
        )
    return weights


# %%
class SignMomentum(torch.optim.Optimizer):
    def __init__(
        self, params, lr=0.01, beta=0.9, weight_decay=0.0
    ):
        super().__init__(
            params,
            {
                "lr": lr,
                "beta": beta,
                "weight_decay": weight_decay,
            },
        )

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, beta = group["lr"], group["beta"]
            for p in group["params"]:
                grad = p.grad + group["weight_decay"] * p
                state = self.state[p]
                if not state:
                    state["mean"] = torch.zeros_like(p)
                mean = state["mean"]
                mean.copy_(beta * mean + (1 - beta) * grad)
                p.sub_(lr * mean.sign())


# %%
net = model()
optimizer = SignMomentum(
    [
        {"params": [net.weight], "weight_decay": 0.1},
        {"params": [net.bias], "lr": 0.02},
    ],
    lr=0.05,
)
weights = train(net, optimizer)
print(weights[-1][1].round(4))
