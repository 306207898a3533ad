# %% tags=["setup"]
import numpy as np
import torch
from torch.utils._python_dispatch import TorchDispatchMode

rng = np.random.default_rng(0)
starts = rng.normal(size=(8, 2, 3)).astype(np.float32)
slopes = rng.normal(size=(20, 8, 2, 3)).astype(np.float32)


class Watch(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.names, self.largest = [], 0

    def __torch_dispatch__(self, op, types, args=(), kwargs=None):
        result = op(*args, **(kwargs or {}))
        name = op.name().removeprefix("aten::")
        if op.namespace == "aten" and name not in (
            "_local_scalar_dense",
            "lift_fresh",
        ):
            self.names.append(name)
        if not name.split(".")[0].endswith("_"):
            results = (
                result if isinstance(result, list) else [result]
            )
            sizes = [
                t.numel() for t in results if torch.is_tensor(t)
            ]
            self.largest = max(self.largest, sum(sizes))
        return result


# %%
def trained(count, **options):
    params = [
        torch.nn.Parameter(torch.tensor(start))
        for start in starts[:count]
    ]
    optimizer = torch.optim.Adam(params, lr=0.1, **options)
    for slope in slopes:
        for param, values in zip(params, slope):
            param.grad = torch.tensor(values)
        with Watch() as watch:
            optimizer.step()
    return [p.numpy(force=True) for p in params], watch


# %%
ways = {
    "loop": {"foreach": False},
    "foreach": {"foreach": True},
    "fused": {"fused": True},
}
weights, watches = {}, {}
for way, options in ways.items():
    for count in (2, 8):
        found = trained(count, **options)
        weights[way, count], watches[way, count] = found
    operations = [len(watches[way, n].names) for n in (2, 8)]
    print(f"{way:8}", operations, weights[way, 8][7][0].round(4))
