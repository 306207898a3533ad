import mindspore as ms
from crosswalk import expect
from mindspore.experimental import optim


def attribute_is_frozen(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, changing `decay_rate` of an
    `nn.ExponentialDecayLR` after the first step has no effect on
    `mindspore.nn.SGD`, whose update keeps the old value. PyTorch's
    `ExponentialLR` follows a changed `gamma`.
    """
    expect.equal(
        ms.PYNATIVE_MODE, ms.get_context("mode"), name="mode"
    )
    expect.close(
        [0.8, 0.4], pytorch.before, name="pytorch_before"
    )
    expect.close([0.2, 0.2], pytorch.after, name="pytorch_after")
    expect.close(
        [0.8, 0.4], mindspore.before, name="mindspore_before"
    )
    expect.close(
        [0.2, 0.1], mindspore.after, name="mindspore_after"
    )


def calling_shows_the_new_value(pytorch, mindspore):
    """If `decay_rate` of an `nn.ExponentialDecayLR` changes between two steps
    in PyNative mode without `@ms.jit`, calling the schedule returns the
    learning rate for the new `decay_rate`, but `mindspore.nn.SGD` keeps using
    the old one.
    """
    rate = mindspore.schedule(ms.Tensor(3, ms.int32))
    expect.close(0.8, rate, name="called")
    expect.close(0.1, mindspore.after[1], name="used")


def parameter_follows(pytorch, mindspore):
    """In PyNative mode without `@ms.jit`, the `LearningRateSchedule` subclass
    of the example, which keeps `decay_rate` in a `Parameter`, uses the value
    that `copy_` sets: with an initial learning rate of 0.8, setting a
    `decay_rate` of 1 between two steps gives the learning rate 0.8 at each
    later step.
    """
    expect.close(
        [0.8, 0.4], mindspore.parameter_before, name="before"
    )
    expect.close(
        [0.8, 0.8], mindspore.parameter_after, name="after"
    )


def experimental_follows(pytorch, mindspore):
    """Where `scheduler.step()` is not compiled, `ExponentialLR` of
    `mindspore.experimental.optim` follows a changed `gamma`, as PyTorch's
    does.
    """
    optimizer = optim.SGD([mindspore.weight], lr=0.8)
    scheduler = optim.lr_scheduler.ExponentialLR(
        optimizer, gamma=0.5
    )
    rates = []
    for step in range(4):
        if step == 2:
            scheduler.gamma = 1.0
        rates.append(scheduler.get_last_lr()[0].item())
        scheduler.step()
    expect.close(
        pytorch.before + pytorch.after, rates, name="rates"
    )
