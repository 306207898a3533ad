import mindspore as ms
import numpy as np
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore.nn import learning_rate_schedule

LAW = [0.1, 0.05, 0.025]
ARGUMENTS = {
    "CosineDecayLR": (0.01, 0.1, 8),
    "ExponentialDecayLR": (0.1, 0.5, 1),
    "InverseDecayLR": (0.1, 0.5, 1),
    "NaturalExpDecayLR": (0.1, 0.5, 1),
    "PolynomialDecayLR": (0.1, 0.01, 8, 1.0),
    "WarmUpLR": (0.1, 4),
}


def one_schedule_two_optimizers(pytorch, mindspore):
    """One `nn.ExponentialDecayLR` can serve two `mindspore.nn.SGD` optimizers:
    each passes its own `global_step`, so the second starts at the first
    learning rate, like two PyTorch schedulers that each wrap one optimizer.
    """
    for name in ("first", "second"):
        expect.close(
            LAW, getattr(pytorch, name), name=f"pytorch_{name}"
        )
        expect.close(LAW, getattr(mindspore, name), name=name)
    two = [mindspore.build(mindspore.schedule) for _ in range(2)]
    rates = [
        [mindspore.used(optimizer, steps=1) for optimizer in two]
        for _ in LAW
    ]
    law = [[[rate]] * 2 for rate in LAW]
    expect.close(np.array(law), np.array(rates), name="in_turn")


def schedule_has_no_state(pytorch, mindspore):
    """Calling a schedule class of `mindspore.nn` with a step as an int32
    Tensor returns the learning rate of that step as a Tensor and keeps no
    count.
    """
    step = ms.Tensor(2, ms.int32)
    rates = [mindspore.schedule(step) for _ in range(3)]
    expect.close(
        [0.025] * 3, [rate.item() for rate in rates], name="rates"
    )
    expect.equal("Tensor", type(rates[0]).__name__, name="type")
    for name, schedule in _every_schedule():
        first, second = schedule(step), schedule(step)
        expect.close(first.item(), second.item(), name=name)


def calling_it_fixes_the_rate(pytorch, mindspore):
    """If you pass the value that a schedule returns for a step without
    dimensions, instead of the schedule itself, `mindspore.nn.SGD` has a fixed
    learning rate, as PyTorch's SGD has with the number from `get_last_lr()`.
    """
    expect.close([0.1] * 3, pytorch.from_value, name="pytorch")
    expect.close(
        [0.1] * 3, mindspore.from_value, name="mindspore"
    )
    expect.equal(
        False, mindspore.fixed.dynamic_lr, name="dynamic"
    )
    expect.apart(
        mindspore.first,
        mindspore.from_value,
        at_least=0.7,
        name="apart",
    )
    for name, schedule in _every_schedule():
        rate = schedule(ms.Tensor(2, ms.int32))
        rates = mindspore.used(mindspore.build(rate), steps=3)
        expect.close([rate.item()] * 3, rates, name=name)


def step_of_shape_one_gives_a_list(pytorch, mindspore):
    """Called with a step of shape `(1,)`, such as `optimizer.global_step`, a
    schedule class of `mindspore.nn` returns a Tensor of that shape:
    `mindspore.nn.SGD` takes it as a list of one learning rate, and its second
    step raises a `RuntimeError` on CPU in PyNative mode.
    """
    for name, schedule in _every_schedule():
        step = mindspore.build(schedule).global_step
        expect.equal((1,), step.shape, name=f"{name}_step")
        optimizer = mindspore.build(schedule(step))
        expect.equal(True, optimizer.dynamic_lr, name=name)
        mindspore.used(optimizer, steps=1)
        expect.raises(
            RuntimeError,
            lambda optimizer=optimizer: mindspore.used(
                optimizer, steps=1
            ),
            match=r"range \[0, 1\), but got 1",
            name=f"{name}_second_step",
        )


def api_example_does_that(pytorch, mindspore):
    """The example in the documentation of `nn.ExponentialDecayLR` calls the
    schedule and passes the result to `nn.SGD`, so its learning rate is fixed.
    """
    text = ms.nn.ExponentialDecayLR.__doc__
    called = "lr = exponential_decay_lr(global_step)" in text
    expect.equal(True, called, name="called")
    expect.equal(True, "learning_rate=lr)" in text, name="passed")
    step = ms.Tensor(2, ms.int32)
    optimizer = mindspore.build(
        ms.nn.ExponentialDecayLR(0.1, 0.9, 4)(step)
    )
    rates = mindspore.used(optimizer, steps=3)
    expect.close([0.1 * 0.9**0.5] * 3, rates, name="rates")


def _every_schedule():
    base = learning_rate_schedule.LearningRateSchedule
    for name, kind in subclasses(ms.nn, base).items():
        yield name, kind(*ARGUMENTS[name])
