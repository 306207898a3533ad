import warnings

from crosswalk import expect


def same_weights(pytorch, mindspore):
    """After each of 40 steps, the weights of the two groups trained under `mindspore.experimental.optim` with a custom subclass of `LRScheduler`, in the same code, are those of PyTorch."""
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """In both groups, the rates of a custom subclass of `LRScheduler`, a warm-up and then a decay by the inverse square root, are those of PyTorch after each of 40 steps."""
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def counter_is_a_parameter(pytorch, mindspore):
    """In a custom scheduler `last_epoch` is an `int` in PyTorch and a float32 `Parameter` in `mindspore.experimental.optim`: it indexes a list in PyTorch only, and `int(last_epoch)` indexes it in both."""
    factors = [1.0] * 50
    epoch = pytorch.scheduler.last_epoch
    expect.equal("int", type(epoch).__name__, name="pytorch")
    expect.close(1.0, factors[epoch], name="pytorch_index")
    expect.close(1.0, factors[int(epoch)], name="pytorch_int")
    epoch = mindspore.scheduler.last_epoch
    expect.equal(
        "Parameter", type(epoch).__name__, name="mindspore"
    )
    expect.equal("Float32", str(epoch.dtype), name="dtype")
    expect.raises(
        ValueError,
        lambda: factors[epoch],
        match="integer",
        name="index",
    )
    expect.close(1.0, factors[int(epoch)], name="int_index")


def rates_are_tensors(pytorch, mindspore):
    """`get_last_lr()` returns floats in PyTorch and float32 tensors in `mindspore.experimental.optim`."""
    (rate, *_) = pytorch.scheduler.get_last_lr()
    expect.equal("float", type(rate).__name__, name="pytorch")
    (rate, *_) = mindspore.scheduler.get_last_lr()
    expect.equal("Tensor", type(rate).__name__, name="mindspore")
    expect.equal("Float32", str(rate.dtype), name="dtype")


def later_group_is_left_out(pytorch, mindspore):
    """A group added with `add_param_group` after the scheduler was made is decayed by PyTorch's `ExponentialLR`, and silently left at its rate by that of `mindspore.experimental.optim`, which keeps the list of rates it found at construction."""
    theirs, _ = _late_group(pytorch)
    expect.close([0.05, 0.1], theirs, name="pytorch")
    ours, scheduler = _late_group(mindspore)
    expect.close([0.05, 0.2], ours, name="mindspore")
    expect.equal(1, len(scheduler._last_lr), name="rates_kept")


def counter_stops(pytorch, mindspore):
    """The float32 `last_epoch` of `mindspore.experimental.optim` no longer grows from 16777216 (two to the 24th) on, and the rate of `StepLR(step_size=16777218)` stays; PyTorch's counter and rate go on."""
    theirs, rate = _counted(pytorch, 2**24)
    expect.equal(2**24 + 2, int(theirs), name="pytorch")
    expect.close(0.01, rate, name="pytorch_rate")
    ours, rate = _counted(mindspore, mindspore.ms.Tensor(2.0**24))
    expect.equal(2**24, int(ours), name="mindspore")
    expect.close(0.1, rate, name="mindspore_rate")


def assigned_int_counter_raises(pytorch, mindspore):
    """Setting `scheduler.last_epoch = 3` moves PyTorch's `ExponentialLR`; in `mindspore.experimental.optim` it replaces the `Parameter` and the next `step()` raises a `TypeError`."""
    scheduler = _exponential(pytorch)[1]
    scheduler.last_epoch = 3
    _quiet(scheduler.step)
    expect.equal(4, scheduler.last_epoch, name="pytorch")
    scheduler = _exponential(mindspore)[1]
    scheduler.last_epoch = 3
    expect.raises(
        TypeError,
        scheduler.step,
        match="AssignAdd",
        name="mindspore",
    )


def _exponential(side):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    make = side.optim.lr_scheduler.ExponentialLR
    return optimizer, make(optimizer, gamma=0.5)


def _late_group(side):
    optimizer, scheduler = _exponential(side)
    optimizer.add_param_group(
        {"params": [side.net.bias], "lr": 0.2}
    )
    _quiet(scheduler.step)
    rates = [
        float(group["lr"]) for group in optimizer.param_groups
    ]
    return rates, scheduler


def _counted(side, count):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    scheduler = side.optim.lr_scheduler.StepLR(
        optimizer, 2**24 + 2
    )
    if isinstance(count, int):
        scheduler.last_epoch = count
    else:
        side.ms.ops.assign(scheduler.last_epoch, count)
    for _ in range(2):
        _quiet(scheduler.step)
    return scheduler.last_epoch, scheduler.get_last_lr()[0]


def _quiet(call):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call()
