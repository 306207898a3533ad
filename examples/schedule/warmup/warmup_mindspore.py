# %% tags=["setup"]
import mindspore as ms
from mindspore import nn

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")


def used(optimizer):
    gradient = ms.Tensor([1.0], ms.float32)
    rates = []
    for step in range(9):
        weight.copy_(ms.Tensor([0.0], ms.float32))
        optimizer((gradient,))
        rates.append(0 - weight.item())
    print([round(rate, 4) for rate in rates])
    return rates


# %%
schedule = nn.WarmUpLR(0.1, warmup_steps=4)
optimizer = nn.SGD([weight], learning_rate=schedule)
warmup = used(optimizer)


# %%
class WarmUpThenCosine(
    nn.learning_rate_schedule.LearningRateSchedule
):
    def __init__(self):
        super().__init__()
        self.warmup = nn.WarmUpLR(0.1, warmup_steps=4)
        self.cosine = nn.CosineDecayLR(0.0, 0.1, decay_steps=5)

    def construct(self, step):
        if step < 3:
            return self.warmup(step + 1)
        return self.cosine(step - 3)


schedule = WarmUpThenCosine()
optimizer = nn.SGD([weight], learning_rate=schedule)
then_cosine = used(optimizer)
