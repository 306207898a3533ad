# %% tags=["setup"]
import mindspore as ms
import numpy as np
from mindspore.experimental import optim

rng = np.random.default_rng(0)
starts = rng.normal(size=(8, 2, 3)).astype(np.float32)
slopes = rng.normal(size=(20, 8, 2, 3)).astype(np.float32)


# %%
def trained(count):
    params = [
        ms.Parameter(ms.Tensor(start), name=f"param{i}")
        for i, start in enumerate(starts[:count])
    ]
    optimizer = optim.AdamW(params, lr=0.1, weight_decay=0.0)
    for slope in slopes:
        optimizer(tuple(ms.Tensor(s) for s in slope[:count]))
    return [p.asnumpy() for p in params]


# %%
weights = {count: trained(count) for count in (2, 8)}
print(weights[8][7][0].round(4))
