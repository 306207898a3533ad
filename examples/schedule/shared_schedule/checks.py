import mindspore as ms
from crosswalk import expect

LAW = [0.1, 0.05, 0.025]


def one_schedule_two_optimizers(pytorch, mindspore):
    """One `LearningRateSchedule` can serve two `mindspore.nn.SGD` optimizers:
    each passes its own `global_step`, so the second starts at the first rate,
    as two PyTorch schedulers over two optimizers do.
    """
    for name in ("first", "second"):
        expect.close(
            LAW, getattr(pytorch, name), name=f"pytorch_{name}"
        )
        expect.close(LAW, getattr(mindspore, name), name=name)


def schedule_has_no_state(pytorch, mindspore):
    """Calling a schedule of `mindspore.nn` with a step returns the rate of
    that step as a tensor and advances nothing.
    """
    step = ms.Tensor(2, ms.int32)
    rates = [mindspore.schedule(step) for _ in range(3)]
    expect.close(
        [0.025] * 3, [rate.item() for rate in rates], name="rates"
    )
    expect.equal("Tensor", type(rates[0]).__name__, name="type")


def calling_it_fixes_the_rate(pytorch, mindspore):
    """Passing what the schedule returns for one step, instead of the schedule
    itself, gives `mindspore.nn.SGD` with a fixed rate, as passing the number
    from `get_last_lr()` does in PyTorch.
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


def api_example_does_that(pytorch, mindspore):
    """The example in the documentation of `nn.ExponentialDecayLR` calls the
    schedule and passes the result to `nn.SGD`, so its rate is fixed.
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
