# %% tags=["setup"]
import mindspore as ms
from mindspore import nn

steps = [ms.Tensor(step, ms.int32) for step in range(4)]

# %%
schedule = nn.NaturalExpDecayLR(0.1, 0.5, decay_steps=10)
rates = [schedule(step).item() for step in steps]
print([round(rate, 4) for rate in rates])

# %%
schedule = nn.NaturalExpDecayLR(0.1, 0.5 / 10, decay_steps=10)
divided = [schedule(step).item() for step in steps]
print([round(rate, 4) for rate in divided])
