# %% tags=["setup"]
import mindspore as ms
import numpy as np

start = np.zeros(2, np.float32)
weight = ms.Parameter(ms.Tensor(start), name="weight")
gradient = ms.Tensor([0.5, 0.25], ms.float32)


class Halved(ms.nn.SGD):
    def get_lr(self):
        return super().get_lr() * 0.5


# %%
class Counted(ms.nn.SGD):
    calls = 0

    def get_lr(self):
        Counted.calls += 1
        return super().get_lr()


optimizer = Counted([weight], learning_rate=[0.1, 0.05, 0.025])

counts = [Counted.calls]
for _ in range(3):
    optimizer((gradient,))
    counts.append(Counted.calls)
    print("optimizer", counts[-1])
