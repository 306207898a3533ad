import warnings

from crosswalk import expect


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under the custom subclass of
    `LRScheduler` and with the two groups of the example matches the weights of
    PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """With the two groups of the example, the custom subclass of `LRScheduler`
    there, in `mindspore.experimental.optim` a warm-up followed by a decay with
    the inverse square root, matches the learning rates of PyTorch after each
    of 40 steps.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def counter_is_a_parameter(pytorch, mindspore):
    """In a custom scheduler, `last_epoch` is an `int` in PyTorch and a float32
    `Parameter` in `mindspore.experimental.optim`. In MindSpore, it cannot
    index a list, and a dictionary or a set of integers silently does not
    contain it. With `int(last_epoch)`, all three work in both frameworks if
    `step()` is not compiled. At step 40, `(last_epoch >= 1) + (last_epoch >=
    3)` is 2 in PyTorch but 1 in MindSpore, without an error, and 2 in both
    with `int` around each comparison. In MindSpore, the scheduler has no
    `_step_count`.
    """
    factors = [1.0] * 50
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        found = side is pytorch
        epoch = side.scheduler.last_epoch
        expect.equal(40, int(epoch), name=f"{name}_epoch")
        for kind, keys in (("dict", {40: 1.0}), ("set", {40})):
            case = f"{name}_in_{kind}"
            expect.equal(found, epoch in keys, name=case)
            held = int(epoch) in keys
            expect.equal(True, held, name=f"{case}_int")
        added = int((epoch >= 1) + (epoch >= 3))
        expect.equal(1 + found, added, name=f"{name}_added")
        added = int(epoch >= 1) + int(epoch >= 3)
        expect.equal(2, added, name=f"{name}_integers_added")
        counts = hasattr(side.scheduler, "_step_count")
        expect.equal(found, counts, name=f"{name}_step_count")
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
    """If the learning rate of the optimizer is a float, `get_last_lr()` of
    each of the 13 schedulers that both have, with one set of arguments each,
    returns floats in PyTorch and float32 tensors in
    `mindspore.experimental.optim`.
    """
    for name, make in _both(mindspore).items():
        theirs, ours = make(pytorch), make(mindspore)
        for step in range(4):
            case = f"{name}_{step}"
            (rate, *_) = theirs.get_last_lr()
            kind = type(rate).__name__
            expect.equal("float", kind, name=f"{case}_pytorch")
            (rate, *_) = ours.get_last_lr()
            kind = type(rate).__name__, str(rate.dtype)
            expect.equal(("Tensor", "Float32"), kind, name=case)
            _step(theirs)
            _step(ours)


def later_group_is_left_out(pytorch, mindspore):
    """A group added with `add_param_group` after the scheduler was created and
    before its first `step()` silently keeps its learning rate, over 8 steps,
    under each of the 13 schedulers of `mindspore.experimental.optim`, with one
    set of arguments each. In PyTorch, `LambdaLR`, `MultiplicativeLR`,
    `CosineAnnealingWarmRestarts`, `CyclicLR` and a `SequentialLR` of
    `LinearLR` and `ExponentialLR` with the milestone 4 raise a `ValueError`
    within these steps. `StepLR`, `MultiStepLR`, `ConstantLR`, `LinearLR`,
    `ExponentialLR`, `PolynomialLR` and, with the default `min_lr`,
    `ReduceLROnPlateau` change the learning rate of all groups when they change
    it. With `T_max=8`, so does `CosineAnnealingLR`.
    """
    raised = []
    for name, make in _both(mindspore).items():
        before, after = _late_group(mindspore, make)
        expect.close(0.2, after[1], name=name)
        expect.apart(
            before, after[0], at_least=0.02, name=f"{name}_first"
        )
        try:
            after = _late_group(pytorch, make)[1]
        except ValueError:
            raised.append(name)
        else:
            expect.apart(
                0.2,
                after[1],
                at_least=0.02,
                name=f"{name}_pytorch",
            )
    expect.equal(
        [
            "LambdaLR",
            "MultiplicativeLR",
            "CosineAnnealingWarmRestarts",
            "CyclicLR",
            "SequentialLR",
        ],
        raised,
        name="pytorch_raises",
    )


def counter_stops(pytorch, mindspore):
    """The `last_epoch` of the schedulers of `mindspore.experimental.optim` is
    float32, and an uncompiled `step()` does not increase it from 16777216 (2
    to the power 24); only that of `ReduceLROnPlateau` is int32. So `step()`
    never changes the learning rate of `StepLR(step_size=16777218)`, whereas
    PyTorch's does; `step(16777218)` changes it in both frameworks.
    """
    count = 2**24
    for name, make in _both(mindspore).items():
        scheduler = make(mindspore)
        epoch = scheduler.last_epoch
        epoch.copy_(mindspore.ms.Tensor(count, epoch.dtype))
        for _ in range(2):
            _step(scheduler)
        grown = int(scheduler.last_epoch) - count
        expected = 2 if name == "ReduceLROnPlateau" else 0
        expect.equal(expected, grown, name=name)
    theirs, rate = _counted(pytorch, count)
    expect.equal(count + 2, int(theirs), name="pytorch")
    expect.close(0.01, rate, name="pytorch_rate")
    ours, rate = _counted(mindspore, mindspore.ms.Tensor(2.0**24))
    expect.equal(count, int(ours), name="mindspore")
    expect.close(0.1, rate, name="mindspore_rate")
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        optimizer = side.optim.SGD([side.net.weight], lr=0.1)
        scheduler = side.optim.lr_scheduler.StepLR(
            optimizer, count + 2
        )
        _quiet(
            lambda scheduler=scheduler: scheduler.step(count + 2)
        )
        rate = float(scheduler.get_last_lr()[0])
        expect.close(0.01, rate, name=f"{name}_to_an_epoch")


def assigned_int_counter_raises(pytorch, mindspore):
    """After `scheduler.last_epoch = 3`, the next `step()` counts to 4 in
    PyTorch. In `mindspore.experimental.optim`, the number replaces the
    `Parameter`, so `step()` of each of the 13 schedulers raises a `TypeError`
    if it is not compiled.
    """
    for name, make in _both(mindspore).items():
        scheduler = make(pytorch)
        scheduler.last_epoch = 3
        _step(scheduler)
        last = scheduler.last_epoch
        expect.equal(4, last, name=f"{name}_pytorch")
        scheduler = make(mindspore)
        scheduler.last_epoch = 3
        expect.raises(
            TypeError,
            lambda scheduler=scheduler: _step(scheduler),
            match="Assign|Floor",
            name=name,
        )


def _both(mindspore):
    made = {
        "LambdaLR": (lambda epoch: 0.9**epoch,),
        "MultiplicativeLR": (lambda epoch: 1 - 1 / (epoch + 5),),
        "StepLR": (3, 0.5),
        "MultiStepLR": ([2, 5], 0.5),
        "ConstantLR": (0.5, 4),
        "LinearLR": (0.1,),
        "ExponentialLR": (0.9,),
        "PolynomialLR": (20, 2.0),
        "CosineAnnealingLR": (8,),
        "CosineAnnealingWarmRestarts": (5,),
        "CyclicLR": (0.01, 0.1, 3),
        "ReduceLROnPlateau": ("min", 0.5, 2),
        "SequentialLR": (),
    }
    every = {*mindspore.optim.lr_scheduler.__all__}
    every = sorted(every - {"LRScheduler"})
    expect.equal(every, sorted(made), name="classes")
    return {
        name: lambda side, name=name: _make(
            side, name, made[name]
        )
        for name in made
    }


def _make(side, name, arguments):
    lr = side.optim.lr_scheduler
    optimizer = side.optim.SGD(
        [side.net.weight], lr=0.1, momentum=0.9
    )
    if name == "SequentialLR":
        linear = lr.LinearLR(optimizer, 0.1, total_iters=4)
        decay = lr.ExponentialLR(optimizer, 0.9)
        arguments = ([linear, decay], [4])
    return getattr(lr, name)(optimizer, *arguments)


def _step(scheduler):
    plateau = type(scheduler).__name__ == "ReduceLROnPlateau"
    _quiet(lambda: scheduler.step(*([1.0] if plateau else [])))


def _late_group(side, make):
    scheduler = make(side)
    optimizer = scheduler.optimizer
    before = float(scheduler.get_last_lr()[0])
    optimizer.add_param_group(
        {"params": [side.net.bias], "lr": 0.2}
    )
    for _ in range(8):
        _step(scheduler)
    return before, [
        float(group["lr"]) for group in optimizer.param_groups
    ]


def _counted(side, count):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    scheduler = side.optim.lr_scheduler.StepLR(
        optimizer, 2**24 + 2
    )
    if isinstance(count, int):
        scheduler.last_epoch = count
    else:
        scheduler.last_epoch.copy_(count)
    for _ in range(2):
        _quiet(scheduler.step)
    return scheduler.last_epoch, scheduler.get_last_lr()[0]


def _quiet(call):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call()
