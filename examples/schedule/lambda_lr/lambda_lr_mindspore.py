# %% tags=["setup"]
import mindspore as ms
from mindspore import nn
from mindspore.experimental import optim

weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")


def used(optimizer, after_epoch=lambda: None):
    gradient = ms.Tensor([1.0], ms.float32)
    rates = []
    for epoch in range(12):
        for step in range(2):
            weight.copy_(ms.Tensor([0.0], ms.float32))
            optimizer((gradient,))
            rates.append(0 - weight.item())
        after_epoch()
    print([round(rate, 2) for rate in rates[::2]])
    return rates


# %%
def factor(epoch):
    return epoch // 5


optimizer = optim.SGD([weight], lr=0.01)
scheduler = optim.lr_scheduler.LambdaLR(optimizer, factor)
by_scheduler = used(optimizer, scheduler.step)

# %%
steps_per_epoch = 2
listed = [
    0.01 * factor(step // steps_per_epoch) for step in range(24)
]
optimizer = nn.SGD([weight], learning_rate=listed)
by_list = used(optimizer)


# %%
class EveryFiveEpochs(
    nn.learning_rate_schedule.LearningRateSchedule
):
    def __init__(self, learning_rate, steps_per_epoch):
        super().__init__()
        self.learning_rate = learning_rate
        self.steps_per_epoch = steps_per_epoch

    def construct(self, global_step):
        epoch = global_step // self.steps_per_epoch
        return self.learning_rate * (epoch // 5)


schedule = EveryFiveEpochs(0.01, steps_per_epoch)
optimizer = nn.SGD([weight], learning_rate=schedule)
by_subclass = used(optimizer)
