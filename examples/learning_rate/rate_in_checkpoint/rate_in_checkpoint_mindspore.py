# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)

# %%
old = ms.nn.SGD([weight], learning_rate=0.1)
ms.save_checkpoint(old, "old.ckpt")

# %%
new = ms.nn.SGD([weight], learning_rate=0.01)
built = new.learning_rate.asnumpy().item()
print(round(built, 6))

ms.load_param_into_net(new, ms.load_checkpoint("old.ckpt"))

loaded = new.learning_rate.asnumpy().item()
print(round(loaded, 6))

# %%
new.learning_rate.copy_(ms.Tensor(0.01))
kept = new.learning_rate.asnumpy().item()
print(round(kept, 6))
