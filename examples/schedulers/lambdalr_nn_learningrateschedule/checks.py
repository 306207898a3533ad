import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from shared import in_graph_mode, used_rates


def same_weights(pytorch, mindspore):
    """After each of 40 steps, `nn.SGD` with momentum 0.9, without parameter
    groups and with a subclass of `LearningRateSchedule` whose `construct`
    multiplies the learning rate by the factor of the example matches the
    weights of `torch.optim.SGD` with a `LambdaLR` of that factor, stepped
    after every batch.
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
    """At each of 40 steps, the subclass of `LearningRateSchedule` and the
    `LambdaLR` of the example give the learning rate `lr * min((step + 1) / 8,
    (8 / (step + 1)) ** 0.5)`.
    """
    law = [0.1 * min(i / 8, (8 / i) ** 0.5) for i in range(1, 41)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def python_branches(pytorch, mindspore):
    """`construct` of a `LearningRateSchedule` may branch with `if` on a
    comparison of `global_step`, if each branch returns a float32 Tensor, or
    call Python's `min` on two such Tensors. With two such subclasses for the
    function of the example, `nn.SGD` without parameter groups matches the
    learning rates of PyTorch's `LambdaLR` at all 40 steps, in PyNative mode,
    whether `@ms.jit` compiles the step or not, and in Graph mode without
    `@ms.jit`. `min` of such a Tensor and the float 1.0 raises a `TypeError` at
    the first step of `nn.SGD`.
    """
    for call, name in (
        (lambda: used_rates(_MinOfFloat(0.1), 1), "pynative"),
        (lambda: used_rates(_MinOfFloat(0.1), 1, True), "jit"),
        (
            lambda: in_graph_mode(
                lambda: used_rates(_MinOfFloat(0.1), 1)
            ),
            "graph",
        ),
    ):
        expect.raises(
            TypeError,
            call,
            match="not callable",
            name=f"min_of_float_{name}",
        )
    for name, schedule in (
        ("if", _Branching(0.1)),
        ("min", _PythonMin(0.1)),
    ):
        used = used_rates(schedule, 40)
        expect.close(pytorch.rates, used, name=name)
        used = used_rates(schedule, 40, compiled=True)
        expect.close(pytorch.rates, used, name=f"{name}_jit")
        used = in_graph_mode(
            lambda schedule=schedule: used_rates(schedule, 40)
        )
        expect.close(pytorch.rates, used, name=f"{name}_graph")


def membership_is_false(pytorch, mindspore):
    """When `nn.SGD` updates the weights, `global_step in (2, 4)` in
    `construct` of a `LearningRateSchedule` is always false, without an error,
    even in PyNative mode, so `nn.SGD` keeps the learning rate that PyTorch's
    `LambdaLR` halves at steps 2 and 4. In PyNative mode without `@ms.jit`,
    `get_lr()` returns the halved learning rate, which the update does not use.
    With `int(global_step) in (2, 4)`, `nn.SGD` matches PyTorch's learning
    rates in PyNative mode, whether `@ms.jit` compiles the step or not, and in
    Graph mode without `@ms.jit`.
    """
    theirs = [0.1, 0.1, 0.05, 0.1, 0.05, 0.1, 0.1, 0.1]
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=0.1)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: 0.5 if step in (2, 4) else 1.0
    )
    for rate in theirs:
        (last,) = scheduler.get_last_lr()
        expect.close(rate, last, name="pytorch")
        optimizer.step()
        scheduler.step()
    for schedule, expected in (
        (_Member(), [0.1] * 8),
        (_IntMember(), theirs),
    ):
        name = type(schedule).__name__.strip("_")
        used = used_rates(schedule, 8)
        expect.close(expected, used, name=f"{name}_pynative")
        used = used_rates(schedule, 8, compiled=True)
        expect.close(expected, used, name=f"{name}_jit")
        used = in_graph_mode(
            lambda schedule=schedule: used_rates(schedule, 8)
        )
        expect.close(expected, used, name=f"{name}_graph")
    weight = ms.Parameter(ms.ops.zeros(1), name="weight")
    optimizer = ms.nn.SGD([weight], learning_rate=_Member())
    read = []
    for _ in range(8):
        read.append(optimizer.get_lr().item())
        optimizer((ms.ops.ones(1),))
    expect.close(theirs, read, name="get_lr")


def as_a_list(pytorch, mindspore):
    """With a list that Python computes from the function of the example for
    each of 40 steps, `nn.SGD` without parameter groups matches the learning
    rates of `LambdaLR` for these 40 steps.
    """
    listed = [
        0.1 * min((i + 1) / 8, (8 / (i + 1)) ** 0.5)
        for i in range(40)
    ]
    expect.close(
        pytorch.rates, used_rates(listed, 40), name="rates"
    )


def function_is_refused(pytorch, mindspore):
    """Each optimizer of `mindspore.nn`, `AdaFactor` with `relative_step=False`
    and `scale_parameter=False`, raises a `TypeError` at construction if the
    argument `learning_rate` is a function; `LARS` and `OptTFTWrapper` wrap an
    optimizer and take no learning rate.
    """
    optimizers = subclasses(ms.nn, ms.nn.Optimizer)
    for name in ("LARS", "OptTFTWrapper"):
        wrapper = inspect.signature(optimizers.pop(name).__init__)
        taken = "learning_rate" in wrapper.parameters
        expect.equal(False, taken, name=name)
    more = {
        "AdaFactor": {
            "relative_step": False,
            "scale_parameter": False,
        },
        "Momentum": {"momentum": 0.9},
    }
    for name, make in optimizers.items():
        expect.raises(
            TypeError,
            lambda make=make, name=name: make(
                mindspore.net.trainable_params(),
                learning_rate=lambda step: 0.1,
                **more.get(name, {}),
            ),
            match="Iterable or LearningRateSchedule, but got",
            name=name,
        )


def one_schedule_per_group(pytorch, mindspore):
    """PyTorch's `LambdaLR` takes one function per group, whereas each group of
    `nn.SGD` takes its own schedule as `lr`, which includes the learning rate
    of that group. With the schedule of the example for the first of two groups
    and an `nn.ExponentialDecayLR` with `decay_rate=0.5`, `decay_steps=10` and
    `is_stair=True` for the second, the learning rates match at 40 steps.
    """
    params = [torch.nn.Parameter(torch.zeros(1)) for _ in "ab"]
    optimizer = torch.optim.SGD(
        [
            {"params": params[:1]},
            {"params": params[1:], "lr": 0.01},
        ],
        lr=0.1,
    )
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        [
            lambda i: min((i + 1) / 8, (8 / (i + 1)) ** 0.5),
            lambda i: 0.5 ** (i // 10),
        ],
    )
    theirs = []
    for _ in range(40):
        theirs.append(scheduler.get_last_lr())
        optimizer.step()
        scheduler.step()
    params = [
        ms.Parameter(ms.ops.zeros(1), name=name) for name in "ab"
    ]
    stairs = ms.nn.ExponentialDecayLR(
        0.01, 0.5, 10, is_stair=True
    )
    optimizer = ms.nn.SGD(
        [
            {"params": params[:1]},
            {"params": params[1:], "lr": stairs},
        ],
        learning_rate=mindspore.schedule,
    )
    ours = []
    for _ in range(40):
        ours.append([rate.item() for rate in optimizer.get_lr()])
        optimizer((ms.ops.ones(1), ms.ops.ones(1)))
    theirs, ours = np.array(theirs), np.array(ours)
    expect.close(theirs[:, 0], ours[:, 0], name="first_group")
    expect.close(theirs[:, 1], ours[:, 1], name="second_group")


def where_the_class_is(pytorch, mindspore):
    """`LearningRateSchedule` is not a name of `mindspore.nn`; it is in
    `mindspore.nn.learning_rate_schedule`.
    """
    expect.raises(
        AttributeError,
        lambda: ms.nn.LearningRateSchedule,
        match="LearningRateSchedule",
        name="in_nn",
    )
    base = ms.nn.learning_rate_schedule.LearningRateSchedule
    is_base = isinstance(mindspore.schedule, base)
    expect.equal(True, is_base, name="in_learning_rate_schedule")


def resumes_at_global_step(pytorch, mindspore):
    """After 20 steps, a new `nn.SGD` with the subclass of
    `LearningRateSchedule` of the example continues with the learning rates of
    PyTorch's `LambdaLR` if `copy_` sets its `global_step` to 20 before its
    first step.
    """
    used = used_rates(mindspore.schedule, 20, first=20)
    expect.close(pytorch.rates[20:], used, name="rates")


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


class _Member(ms.nn.learning_rate_schedule.LearningRateSchedule):
    def construct(self, global_step):
        factor = 0.5 if global_step in (2, 4) else 1.0
        return ms.Tensor(0.1, ms.float32) * factor


class _IntMember(
    ms.nn.learning_rate_schedule.LearningRateSchedule
):
    def construct(self, global_step):
        factor = 0.5 if int(global_step) in (2, 4) else 1.0
        return ms.Tensor(0.1, ms.float32) * factor


class _Branching(
    ms.nn.learning_rate_schedule.LearningRateSchedule
):
    def __init__(self, learning_rate):
        super().__init__()
        self.learning_rate = learning_rate

    def construct(self, global_step):
        step = global_step + 1
        if step < 8:
            return self.learning_rate * (step / 8)
        return self.learning_rate * (8 / step) ** 0.5


class _PythonMin(
    ms.nn.learning_rate_schedule.LearningRateSchedule
):
    def __init__(self, learning_rate):
        super().__init__()
        self.learning_rate = learning_rate

    def construct(self, global_step):
        step = global_step + 1
        factor = min(step / 8, (8 / step) ** 0.5)
        return self.learning_rate * factor


class _MinOfFloat(
    ms.nn.learning_rate_schedule.LearningRateSchedule
):
    def __init__(self, learning_rate):
        super().__init__()
        self.learning_rate = learning_rate

    def construct(self, global_step):
        return self.learning_rate * min(
            (global_step + 1) / 8, 1.0
        )
