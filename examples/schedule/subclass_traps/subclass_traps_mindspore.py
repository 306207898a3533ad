# %% tags=["setup"]
import math
import random

import mindspore as ms
from mindspore import nn

Schedule = nn.learning_rate_schedule.LearningRateSchedule
weight = ms.Parameter(ms.Tensor([0.0], ms.float32), name="weight")


def attempt(schedule):
    try:
        optimizer = nn.SGD([weight], learning_rate=schedule)
        rates = []
        for step in range(4):
            weight.copy_(ms.Tensor([0.0], ms.float32))
            optimizer((ms.Tensor([1.0], ms.float32),))
            rates.append(round(0 - weight.item(), 4))
    except Exception as error:
        return f"{type(error).__name__}: {error}".split("\n")[0][
            :60
        ]
    return rates


# %%
random.seed(0)


class Undefined(Schedule):
    def construct(self, global_step):
        return 0.1 * (global_step // step_per_epoch)  # noqa: F821


class PythonFloat(Schedule):
    def construct(self, global_step):
        return 0.1 * math.cos(global_step / 4)


class Integer(Schedule):
    def construct(self, global_step):
        return global_step


class Drawn(Schedule):
    def construct(self, global_step):
        return 0.1 * random.random() + 0 * global_step


class Cosine(Schedule):
    def construct(self, global_step):
        return 0.1 * ms.ops.cos(global_step / 4)


undefined = attempt(Undefined())
python_float = attempt(PythonFloat())
integer = attempt(Integer())
drawn = attempt(Drawn())
ops_cos = attempt(Cosine())

print("undefined:", undefined)
print("float:    ", python_float)
print("integer:  ", integer)
print("drawn:    ", drawn)
print("cosine:   ", ops_cos)
