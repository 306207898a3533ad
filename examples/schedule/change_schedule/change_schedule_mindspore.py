# %% tags=["setup"]
import mindspore as ms
from mindspore import nn

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")


def used(steps):
    gradient = ms.Tensor([1.0], ms.float32)
    rates = []
    for step in range(steps):
        weight.copy_(ms.Tensor([0.0], ms.float32))
        optimizer((gradient,))
        rates.append(0 - weight.item())
    print([round(rate, 4) for rate in rates])
    return rates


# %%
schedule = nn.ExponentialDecayLR(0.8, 0.5, decay_steps=1)
optimizer = nn.SGD([weight], learning_rate=schedule)
before = used(2)
schedule.decay_rate = 1.0
after = used(2)


# %%
class WithParameter(
    nn.learning_rate_schedule.LearningRateSchedule
):
    def __init__(self):
        super().__init__()
        value = ms.Tensor(0.5, ms.float32)
        self.decay_rate = ms.Parameter(value, name="decay_rate")

    def construct(self, global_step):
        return 0.8 * self.decay_rate**global_step


schedule_2 = WithParameter()
optimizer = nn.SGD([weight], learning_rate=schedule_2)
parameter_before = used(2)
schedule_2.decay_rate.copy_(ms.Tensor(1.0, ms.float32))
parameter_after = used(2)
