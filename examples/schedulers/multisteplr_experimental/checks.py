import inspect
import warnings
from bisect import bisect_right

from crosswalk import expect
from shared import compile_step, rates_of_scheduler


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under `MultiStepLR`, with the
    two groups of the example, `milestones=[10, 20, 20, 30]` and `gamma=0.5`,
    matches the weights of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """With the two groups of the example, `milestones=[10, 20, 20, 30]` and
    `gamma=0.5`, `MultiStepLR` of `mindspore.experimental.optim` matches the
    learning rates of PyTorch after each of 40 steps.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    `MultiStepLR` of `mindspore.experimental.optim` with the milestones 3, 5
    and 5 and the default `gamma` matches the learning rates of PyTorch over 10
    steps from a base of 0.1, to within 5e-6 of the largest.
    """
    rates = []
    for side in (pytorch, mindspore):
        optimizer = side.optim.SGD([side.net.weight], lr=0.1)
        scheduler = side.optim.lr_scheduler.MultiStepLR(
            optimizer, [3, 5, 5]
        )
        step = scheduler.step
        if side is mindspore:
            step = compile_step(mindspore, scheduler)
        rates.append([])
        for _ in range(10):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                step()
            rates[-1].append(
                float(optimizer.param_groups[0]["lr"])
            )
    expect.apart([0.1] * 10, rates[0], at_least=0.1, name="moves")
    expect.close(rates[0], rates[1], tolerance=5e-6, name="rates")


def tuple_of_milestones_raises(pytorch, mindspore):
    """`MultiStepLR` of `mindspore.experimental.optim` accepts the milestones
    only as a list: a tuple, which PyTorch accepts, raises a `TypeError` at
    construction.
    """
    rates = rates_of_scheduler(
        pytorch, lambda lr, o: lr.MultiStepLR(o, (2, 4)), 5
    )
    expect.equal(5, len(rates), name="pytorch")
    expect.raises(
        TypeError,
        lambda: rates_of_scheduler(
            mindspore, lambda lr, o: lr.MultiStepLR(o, (2, 4)), 5
        ),
        match="should be 'list'",
        name="mindspore",
    )


def step_to_an_epoch_raises(pytorch, mindspore):
    """`step(epoch)` of `MultiStepLR` works in PyTorch. In
    `mindspore.experimental.optim`, the uncompiled call raises an
    `AttributeError`, because its closed form reads `step_size`, which only
    `StepLR` has.
    """
    for epoch, rate in ((0, 0.1), (3, 0.01), (10, 0.001)):
        theirs, ours = (
            _multi_step(pytorch),
            _multi_step(mindspore),
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs.step(epoch)
        expect.close(
            rate,
            theirs.get_last_lr()[0],
            name=f"pytorch_{epoch}",
        )
        expect.raises(
            AttributeError,
            lambda ours=ours, epoch=epoch: ours.step(epoch),
            match="step_size",
            name=f"mindspore_{epoch}",
        )
    lr_scheduler = mindspore.optim.lr_scheduler
    having = [
        name
        for name in lr_scheduler.__all__
        if "self.step_size ="
        in inspect.getsource(getattr(lr_scheduler, name))
    ]
    expect.equal(["StepLR"], having, name="have_step_size")


def second_in_a_sequence_raises(pytorch, mindspore):
    """At the milestone where a `SequentialLR` of
    `mindspore.experimental.optim` switches from `ExponentialLR` to
    `MultiStepLR`, the uncompiled `step()` raises an `AttributeError`, because
    the closed form of `MultiStepLR` reads `step_size`. In PyTorch,
    `MultiStepLR` follows its formula from there.
    """
    theirs = rates_of_scheduler(pytorch, _sequence, 6)
    expect.close(
        [0.1, 0.05, 0.1, 0.1, 0.01, 0.01], theirs, name="pytorch"
    )
    expect.raises(
        AttributeError,
        lambda: rates_of_scheduler(mindspore, _sequence, 6),
        match="step_size",
        name="mindspore",
    )


def lambda_stands_in(pytorch, mindspore):
    """After `ExponentialLR` and the milestone 2 of a `SequentialLR`, with an
    uncompiled `step()`, a `LambdaLR` of `mindspore.experimental.optim` with
    `gamma ** bisect_right(milestones, epoch)` matches the learning rates of
    PyTorch's `MultiStepLR` over 20 steps with the milestones 2, 7 and 7.
    """
    theirs = rates_of_scheduler(pytorch, _sequence, 20)
    ours = rates_of_scheduler(mindspore, _with_lambda, 20)
    expect.close(theirs, ours, name="rates")


def _multi_step(side):
    optimizer = side.optim.SGD([side.net.weight], lr=0.1)
    return side.optim.lr_scheduler.MultiStepLR(optimizer, [2, 4])


def _sequence(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.ExponentialLR(optimizer, 0.5),
        lr_scheduler.MultiStepLR(optimizer, [2, 7, 7]),
    ]
    return lr_scheduler.SequentialLR(optimizer, parts, [2])


def _with_lambda(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.ExponentialLR(optimizer, 0.5),
        lr_scheduler.LambdaLR(
            optimizer,
            lambda epoch: 0.1 ** bisect_right([2, 7, 7], epoch),
        ),
    ]
    return lr_scheduler.SequentialLR(optimizer, parts, [2])
