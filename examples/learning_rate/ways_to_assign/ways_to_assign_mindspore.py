# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)


# %%
def say(call):
    try:
        call()
    except Exception as error:
        first = str(error).splitlines()[0]
        print(type(error).__name__, first[:60], "...")


# %%
optimizer = ms.nn.SGD([weight], learning_rate=0.1)

say(lambda: setattr(optimizer, "learning_rate", 0.01))
ignored = optimizer.learning_rate.asnumpy().item()
print(round(ignored, 6))

ms.ops.assign(optimizer.learning_rate, 0.01)
taken = optimizer.learning_rate.asnumpy().item()
print(round(taken, 6))
