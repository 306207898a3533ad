import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from shared import PerEpoch, in_graph_mode, used_rates


def same_weights(pytorch, mindspore):
    """After each of 40 steps, `nn.SGD` with momentum 0.9, without parameter
    groups and with the subclass of `LearningRateSchedule` of the example,
    which computes the learning rate from `global_step` in `construct`, matches
    the weights of `torch.optim.SGD` with the subclass of `LRScheduler` of the
    example, which computes it from `last_epoch` in `get_lr`.
    """
    expect.equal(40, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights,
        mindspore.weights,
        name="every_step",
    )
    moved = mindspore.weights[-1][0]
    expect.apart(pytorch.start, moved, at_least=0.1, name="moved")


def same_rates(pytorch, mindspore):
    """At each of 40 steps, the subclasses of `LearningRateSchedule` and of
    `LRScheduler` of the example give the same learning rate, a triangle wave
    of 16 steps.
    """
    law = [0.1 * (1.1 - abs(i / 8 % 2 - 1)) for i in range(40)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def last_epoch_is_global_step(pytorch, mindspore):
    """The subclass of PyTorch's `LRScheduler` of the example, which computes
    the learning rate from `last_epoch`, resumes with `last_epoch`, the number
    of the last step, on a group with an `initial_lr`. For `nn.SGD`, set
    `global_step` with `copy_` to the number of the next step. From step 20 on,
    for 20 steps, the learning rates of both match the run from step 0.
    """
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    optimizer.param_groups[0]["initial_lr"] = 0.1
    scheduler = pytorch.Triangle(optimizer, last_epoch=19)
    theirs = []
    for _ in range(20):
        theirs += scheduler.get_last_lr()
        optimizer.step()
        scheduler.step()
    expect.close(pytorch.rates[20:], theirs, name="pytorch")
    ours = used_rates(mindspore.schedule, 20, first=20)
    expect.close(pytorch.rates[20:], ours, name="mindspore")


def per_epoch_by_division(pytorch, mindspore):
    """The subclass of `LearningRateSchedule` of the example in `nn.SGD` counts
    optimizer steps. Called with `global_step // 4` by another subclass, it
    matches the learning rates of the subclass of PyTorch's `LRScheduler` of
    the example, stepped once per epoch of 4 batches, over 40 steps.
    """
    used = used_rates(PerEpoch(mindspore.schedule, 4), 40)
    held = np.repeat(pytorch.rates[:10], 4)
    expect.close(held, np.array(used), name="rates")


def first_step_is_zero(pytorch, mindspore):
    """In PyNative mode, at the first update, `nn.SGD` calls its schedule with
    0, an int32 tensor with one element, and then with 1; a new scheduler of
    the subclass of PyTorch's `LRScheduler` of the example has `last_epoch` 0.
    """
    weight = ms.Parameter(ms.ops.zeros(1), name="weight")
    optimizer = ms.nn.SGD([weight], _Identity())
    seen = []
    for _ in range(3):
        weight.copy_(ms.ops.zeros(1))
        optimizer((ms.ops.ones(1),))
        seen.append(0 - weight.item())
    expect.close([0.0, 1.0, 2.0], seen, name="steps")
    step = optimizer.global_step
    expect.equal("Int32", str(step.dtype), name="dtype")
    expect.equal([1], list(step.shape), name="shape")
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = pytorch.Triangle(optimizer)
    expect.equal(0, scheduler.last_epoch, name="pytorch")


def same_when_compiled(pytorch, mindspore):
    """The subclass of `LearningRateSchedule` of the example computes the
    learning rate from `global_step` alone, with MindSpore's operators. With
    it, `nn.SGD` without parameter groups uses the same learning rates over 40
    steps in PyNative mode, whether `@ms.jit` compiles the step or not, and in
    Graph mode without `@ms.jit`.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = used_rates(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = in_graph_mode(lambda: used_rates(schedule, 40))
    expect.close(rates, used, name="graph_mode")


class _Identity(
    ms.nn.learning_rate_schedule.LearningRateSchedule
):
    def construct(self, global_step):
        return 1.0 * global_step
