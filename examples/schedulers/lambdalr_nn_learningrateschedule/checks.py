import mindspore as ms
import numpy as np
import torch
from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`nn.SGD` with a subclass of `LearningRateSchedule` whose `construct`
    multiplies the rate by the factor has after each of 40 steps the weights
    of `torch.optim.SGD` with `LambdaLR` of that factor, stepped after every
    batch.
    """
    expect.equal(40, len(mindspore.weights), name="steps")
    expect.close(
        pytorch.weights,
        mindspore.weights,
        name="every_step",
    )
    moved = mindspore.weights[-1]
    expect.apart(pytorch.start, moved, at_least=0.1, name="moved")


def same_rates(pytorch, mindspore):
    """At each of 40 steps a subclass of `LearningRateSchedule` and
    `LambdaLR` give the rate `lr * min((step + 1) / 8, (8 / (step + 1)) **
    0.5)`.
    """
    law = [0.1 * min(i / 8, (8 / i) ** 0.5) for i in range(1, 41)]
    expect.equal(40, len(mindspore.rates), name="steps")
    expect.close(law, pytorch.rates, name="pytorch")
    expect.close(law, mindspore.rates, name="mindspore")


def python_branches(pytorch, mindspore):
    """`construct` may also branch with `if` on `global_step`, or call
    Python's `min`: a subclass that does so gives the rates of PyTorch's
    `LambdaLR` at all 40 steps.
    """
    for name, schedule in (
        ("if", _Branching(0.1)),
        ("min", _PythonMin(0.1)),
    ):
        used = _used(schedule, 40)
        expect.close(pytorch.rates, used, name=name)


def as_a_list(pytorch, mindspore):
    """A list that Python computes from the same function for every step
    gives `nn.SGD` the rates of `LambdaLR`, for as many steps as it has
    values.
    """
    listed = [
        0.1 * min((i + 1) / 8, (8 / (i + 1)) ** 0.5)
        for i in range(40)
    ]
    expect.close(pytorch.rates, _used(listed, 40), name="rates")


def function_is_refused(pytorch, mindspore):
    """An optimizer of `mindspore.nn` refuses a function as `learning_rate`
    with a `TypeError`.
    """
    expect.raises(
        TypeError,
        lambda: ms.nn.SGD(
            mindspore.net.trainable_params(), lambda step: 0.1
        ),
        match="Iterable or LearningRateSchedule, but got",
        name="function",
    )


def one_schedule_per_group(pytorch, mindspore):
    """Where PyTorch's `LambdaLR` takes one function per group, each group
    of `mindspore.nn` takes a schedule of its own as `lr`, which has the
    rate of that group in it: the rates of two groups are the same at 40
    steps.
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
    """A new `nn.SGD` with a subclass of `LearningRateSchedule` continues
    after 20 steps with the rates of PyTorch's scheduler when its
    `global_step` is set to 20 with `ops.assign`.
    """
    used = _used(mindspore.schedule, 20, first=20)
    expect.close(pytorch.rates[20:], used, name="rates")


def same_when_compiled(pytorch, mindspore):
    """In a step compiled with `@ms.jit` and in Graph mode, `nn.SGD` with a
    subclass of `LearningRateSchedule` uses the same rates as in PyNative
    mode.
    """
    schedule, rates = mindspore.schedule, mindspore.rates
    used = _used(schedule, 40, compiled=True)
    expect.close(rates, used, name="jit")
    used = _in_graph_mode(lambda: _used(schedule, 40))
    expect.close(rates, used, name="graph_mode")


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


def _rates(schedule, steps):
    rates = [schedule(ms.Tensor(i, ms.int32)) for i in steps]
    return [float(rate.asnumpy()) for rate in rates]


def _used(learning_rate, steps, compiled=False, first=0):
    weight = ms.Parameter(ms.ops.zeros(1), name="weight")
    optimizer = ms.nn.SGD([weight], learning_rate=learning_rate)
    ms.ops.assign(
        optimizer.global_step, ms.Tensor([first], ms.int32)
    )

    def step(gradient):
        return optimizer((gradient,))

    step = ms.jit(step) if compiled else step
    rates = []
    for _ in range(steps):
        ms.ops.assign(weight, ms.ops.zeros(1))
        step(ms.ops.ones(1))
        rates.append(0 - weight.item())
    return rates


def _in_graph_mode(call):
    ms.set_context(mode=ms.GRAPH_MODE)
    try:
        return call()
    finally:
        ms.set_context(mode=ms.PYNATIVE_MODE)
