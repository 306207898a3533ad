# %% tags=["setup"]
import torch

weight = torch.nn.Parameter(torch.zeros(1))


def attempt(rate):
    try:
        optimizer = torch.optim.SGD([weight], lr=rate)
        rates = []
        for step in range(2):
            with torch.no_grad():
                weight.zero_()
            weight.grad = torch.ones(1)
            optimizer.step()
            rates.append(round(0 - weight.item(), 4))
    except Exception as error:
        return f"{type(error).__name__}: {error}".split("\n")[0][
            :58
        ]
    return rates


# %%
values = {
    "int": 1,
    "list": [0.2, 0.1],
    "list of int": [2, 1],
    "tuple": (0.2, 0.1),
    "generator": (0.1 * n for n in (2, 1)),
    "tensor": torch.tensor(0.1),
    "negative": -0.1,
    "negative in list": [-0.2, 0.1],
}
got = {name: attempt(rate) for name, rate in values.items()}
for name, rates in got.items():
    print(f"{name}: {rates}")
