"""Helpers of the checks of this topic."""

import warnings

import mindspore as ms
import torch
from mindspore.nn.learning_rate_schedule import (
    LearningRateSchedule,
)


def factor_of_epoch(epoch):
    return 0.5 if epoch == 3 else 1 - 1 / (epoch + 5)


def compile_step(side, scheduler):
    @side.ms.jit
    def step():
        return scheduler.step()

    return step


def rates_of_scheduler(side, make, steps):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    scheduler = make(side.optim.lr_scheduler, optimizer)
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates


def torch_rates(make, steps):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = make(optimizer)
    rates = []
    for _ in range(steps):
        rates += scheduler.get_last_lr()
        optimizer.step()
        scheduler.step()
    return rates


def rates_of_schedule(schedule, steps):
    rates = [schedule(ms.Tensor(i, ms.int32)) for i in steps]
    return [float(rate.asnumpy()) for rate in rates]


def used_rates(learning_rate, steps, compiled=False, first=0):
    weight = ms.Parameter(ms.ops.zeros(1), name="weight")
    optimizer = ms.nn.SGD([weight], learning_rate=learning_rate)
    optimizer.global_step.copy_(ms.Tensor([first], ms.int32))

    def step(gradient):
        return optimizer((gradient,))

    step = ms.jit(step) if compiled else step
    rates = []
    for _ in range(steps):
        weight.copy_(ms.ops.zeros(1))
        step(ms.ops.ones(1))
        rates.append(0 - weight.item())
    return rates


class PerEpoch(ms.nn.learning_rate_schedule.LearningRateSchedule):
    def __init__(self, schedule, step_per_epoch):
        super().__init__()
        self.schedule = schedule
        self.step_per_epoch = step_per_epoch

    def construct(self, global_step):
        return self.schedule(global_step // self.step_per_epoch)


def in_graph_mode(call):
    ms.set_context(mode=ms.GRAPH_MODE)
    try:
        return call()
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)


class PerFourSteps(LearningRateSchedule):
    def __init__(self, schedule):
        super().__init__()
        self.schedule = schedule

    def construct(self, global_step):
        return self.schedule(global_step // 4)
