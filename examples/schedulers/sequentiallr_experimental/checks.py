import warnings

from crosswalk import expect
from shared import factor_of_epoch


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under a `SequentialLR` of
    `LinearLR` and `CosineAnnealingLR`, with the milestone 10, two groups and
    the other arguments of the example, matches the weights of PyTorch after
    each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """With two groups, the milestone 10 and the other arguments of the
    example, a `SequentialLR` of `LinearLR` and `CosineAnnealingLR` of
    `mindspore.experimental.optim` matches the learning rates of PyTorch after
    each of 40 steps, to within 5e-6 of the largest one.
    """
    expect.close(
        pytorch.rates,
        mindspore.rates,
        tolerance=5e-06,
        name="every_step",
    )


def compiled_step(pytorch, mindspore):
    """In PyNative mode, inside a function compiled with `@ms.jit`, `step()` of
    a `SequentialLR` of `LinearLR`, `ExponentialLR` and `CosineAnnealingLR` of
    `mindspore.experimental.optim` matches the learning rates of PyTorch over
    10 steps from a base of 0.1, to within 5e-6 of the largest, with the
    milestones 3 and 6 and one set of other arguments.
    """
    optimizer = mindspore.optim.SGD(
        [mindspore.net.weight], lr=0.1
    )
    scheduler = _flat(mindspore.optim.lr_scheduler, optimizer)

    @mindspore.ms.jit
    def step():
        return scheduler.step()

    rates = [float(scheduler.get_last_lr()[0])]
    for _ in range(9):
        step()
        rates.append(float(scheduler.get_last_lr()[0]))
    theirs = _rates(pytorch, _flat, 10)
    expect.close(theirs, rates, tolerance=5e-6, name="rates")


def milestone_zero_keeps_the_first(pytorch, mindspore):
    """With a milestone at 0, a `SequentialLR` of `LinearLR(start_factor=0.1,
    total_iters=4)` and `ExponentialLR(gamma=0.5)` starts with the second
    scheduler in PyTorch. In `mindspore.experimental.optim`, if `step()` is not
    compiled, it starts with the first, and `ExponentialLR` then decays the
    first learning rate of `LinearLR`.
    """
    theirs = _rates(pytorch, _from_zero, 4)
    expect.close(
        [0.1, 0.05, 0.025, 0.0125], theirs, name="pytorch"
    )
    ours = _rates(mindspore, _from_zero, 4)
    expect.close(
        [0.01, 0.01, 0.005, 0.0025], ours, name="mindspore"
    )


def nested_sequence_starts_too_high(pytorch, mindspore):
    """If a `SequentialLR` with the milestone 3 is the first scheduler of
    another and starts with the warm-up
    `LinearLR(start_factor=0.1, total_iters=4)`,
    `mindspore.experimental.optim` starts at 3.25 times the full learning rate,
    whereas PyTorch starts at a tenth of it. The counter of the warm-up is not
    set back, so its step from the first learning rate to the second is applied
    to the full learning rate. If `ExponentialLR(gamma=0.5)` and
    `CosineAnnealingLR(T_max=6)` follow, the learning rates differ until the
    outer milestone, at step 6.
    """
    theirs = _rates(pytorch, _nested, 30)
    expect.close([0.01, 0.0325, 0.1], theirs[:3], name="pytorch")
    ours = _rates(mindspore, _nested, 30)
    expect.close([0.325, 0.55, 0.775], ours[:3], name="mindspore")
    law = 0.1 * (1 + 0.9 / (4 * 0.1))
    expect.close(law, ours[0], name="second_step_of_the_warm_up")
    apart = [
        step
        for step in range(30)
        if abs(theirs[step] - ours[step]) > 1e-3
    ]
    expect.equal([0, 1, 2, 3, 4, 5], apart, name="steps_apart")


def nested_decay_starts_too_low(pytorch, mindspore):
    """If a `SequentialLR` of `ExponentialLR(gamma=0.5)` and
    `StepLR(step_size=2, gamma=0.5)` is the first scheduler of another, PyTorch
    and `mindspore.experimental.optim` both start at half of the full learning
    rate, one decay too low. With the inner milestone 3 and, for
    `CosineAnnealingLR(T_max=6)`, the outer milestone 6, the two frameworks
    differ at steps 2 and 4. In one flat sequence of MindSpore with the inner
    milestone lowered to 2, `ExponentialLR` starts at the full learning rate,
    whereas `LambdaLR` with `0.5 ** (epoch + 1)` in its place matches PyTorch's
    nested sequence over 30 steps, to within 5e-6 of the largest learning rate.
    """
    theirs = _rates(pytorch, _nested_decay, 30)
    expect.close([0.05, 0.025, 0.1], theirs[:3], name="pytorch")
    ours = _rates(mindspore, _nested_decay, 30)
    expect.close(
        [0.05, 0.025, 0.0125], ours[:3], name="mindspore"
    )
    apart = [
        step
        for step in range(30)
        if abs(theirs[step] - ours[step]) > 1e-3
    ]
    expect.equal([2, 4], apart, name="steps_apart")
    flat = _rates(mindspore, _flat_decay(_exponential), 30)
    expect.close([0.1, 0.05, 0.1], flat[:3], name="flat")
    flat = _rates(mindspore, _flat_decay(_one_decay_lower), 30)
    expect.close(theirs, flat, tolerance=5e-6, name="with_lambda")


def _exponential(lr_scheduler, optimizer):
    return lr_scheduler.ExponentialLR(optimizer, 0.5)


def _one_decay_lower(lr_scheduler, optimizer):
    return lr_scheduler.LambdaLR(
        optimizer, lambda epoch: 0.5 ** (epoch + 1)
    )


def _nested_decay(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.ExponentialLR(optimizer, 0.5),
        lr_scheduler.StepLR(optimizer, 2, 0.5),
    ]
    inner = lr_scheduler.SequentialLR(optimizer, parts, [3])
    last = lr_scheduler.CosineAnnealingLR(optimizer, 6)
    return lr_scheduler.SequentialLR(
        optimizer, [inner, last], [6]
    )


def _flat_decay(first):
    def make(lr_scheduler, optimizer):
        parts = [
            first(lr_scheduler, optimizer),
            lr_scheduler.StepLR(optimizer, 2, 0.5),
            lr_scheduler.CosineAnnealingLR(optimizer, 6),
        ]
        return lr_scheduler.SequentialLR(optimizer, parts, [2, 6])

    return make


def flat_sequence_stands_in(pytorch, mindspore):
    """For three nested sequences of PyTorch that start with `LinearLR`,
    followed by `ExponentialLR`, in two of them by `StepLR`, and by
    `CosineAnnealingLR`, with one set of arguments each, one flat
    `SequentialLR` of `mindspore.experimental.optim` matches the learning rates
    over 30 steps, to within 5e-6 of the largest one, if each milestone is
    lowered by the number of sequences around its own and stays above 0.
    PyTorch reaches the milestone 3 of an inner sequence, which is the first
    scheduler of the outer one, at step 2.
    """
    for name, nested, milestones in (
        ("once", _nested, [2, 6]),
        ("twice", _twice_nested, [2, 7, 14]),
        ("two_milestones", _two_milestones, [2, 5, 14]),
    ):
        theirs = _rates(pytorch, nested, 30)
        ours = _rates(mindspore, _flattened(milestones), 30)
        expect.close(theirs, ours, tolerance=5e-6, name=name)
    unchanged = _rates(mindspore, _flattened([3, 6]), 30)
    theirs = _rates(pytorch, _nested, 30)
    expect.apart(
        theirs, unchanged, at_least=0.1, name="unchanged"
    )


def every_pair(pytorch, mindspore):
    """In an uncompiled `SequentialLR` of two with the milestone 5, each of 11
    schedulers of `mindspore.experimental.optim`, with one set of arguments
    each, matches the learning rates of PyTorch over 20 steps, to within 5e-6
    of the largest one, as the first, before `ExponentialLR`. As the second,
    after `LinearLR`, 9 of them match: `MultiStepLR` raises an
    `AttributeError`, and `MultiplicativeLR` leaves out the factor of step 0.
    """
    lr = mindspore.optim.lr_scheduler
    every = {*lr.__all__} - {"LRScheduler"}
    sequences = {"ReduceLROnPlateau", "SequentialLR"}
    expect.equal(every - sequences, {*_CLASSES}, name="classes")
    for name in _CLASSES:
        first = _pair((name, "ExponentialLR"))
        theirs = _rates(pytorch, first, 20)
        ours = _rates(mindspore, first, 20)
        expect.close(
            theirs, ours, tolerance=5e-6, name=f"{name}_first"
        )
        second = _pair(("LinearLR", name))
        theirs = _rates(pytorch, second, 20)
        if name == "MultiStepLR":
            expect.raises(
                AttributeError,
                lambda second=second: _rates(
                    mindspore, second, 20
                ),
                match="step_size",
                name=name,
            )
            continue
        if name == "MultiplicativeLR":
            theirs[5:] = [
                rate / factor_of_epoch(0) for rate in theirs[5:]
            ]
        ours = _rates(mindspore, second, 20)
        expect.close(theirs, ours, tolerance=5e-6, name=name)


def plateau_is_refused_late(pytorch, mindspore):
    """If the second scheduler, after `ExponentialLR`, is a
    `ReduceLROnPlateau`, PyTorch's `SequentialLR` raises a `ValueError` when it
    is created. In `mindspore.experimental.optim`, `SequentialLR` raises a
    `TypeError`, if `step()` is not compiled, only at the milestone.
    """
    expect.raises(
        ValueError,
        lambda: _rates(pytorch, _plateau, 1),
        match="does not support `ReduceLROnPlateau`",
        name="pytorch",
    )
    expect.equal(
        2, len(_rates(mindspore, _plateau, 2)), name="taken"
    )
    expect.raises(
        TypeError,
        lambda: _rates(mindspore, _plateau, 4),
        match="metrics",
        name="mindspore",
    )


def _from_zero(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4),
        lr_scheduler.ExponentialLR(optimizer, 0.5),
    ]
    return lr_scheduler.SequentialLR(optimizer, parts, [0])


def _nested(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4),
        lr_scheduler.ExponentialLR(optimizer, 0.5),
    ]
    inner = lr_scheduler.SequentialLR(optimizer, parts, [3])
    last = lr_scheduler.CosineAnnealingLR(optimizer, 6)
    return lr_scheduler.SequentialLR(
        optimizer, [inner, last], [6]
    )


def _flat(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4),
        lr_scheduler.ExponentialLR(optimizer, 0.5),
        lr_scheduler.CosineAnnealingLR(optimizer, 6),
    ]
    return lr_scheduler.SequentialLR(optimizer, parts, [3, 6])


def _twice_nested(lr_scheduler, optimizer):
    sequence = lr_scheduler.SequentialLR
    linear = lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4)
    decay = lr_scheduler.ExponentialLR(optimizer, 0.5)
    inner = sequence(optimizer, [linear, decay], [4])
    stairs = lr_scheduler.StepLR(optimizer, 2, 0.5)
    middle = sequence(optimizer, [inner, stairs], [8])
    last = lr_scheduler.CosineAnnealingLR(optimizer, 6)
    return sequence(optimizer, [middle, last], [14])


def _two_milestones(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4),
        lr_scheduler.ExponentialLR(optimizer, 0.5),
        lr_scheduler.StepLR(optimizer, 2, 0.5),
    ]
    inner = lr_scheduler.SequentialLR(optimizer, parts, [3, 6])
    last = lr_scheduler.CosineAnnealingLR(optimizer, 6)
    return lr_scheduler.SequentialLR(
        optimizer, [inner, last], [14]
    )


def _flattened(milestones):
    def make(lr_scheduler, optimizer):
        parts = [
            lr_scheduler.LinearLR(optimizer, 0.1, total_iters=4),
            lr_scheduler.ExponentialLR(optimizer, 0.5),
            lr_scheduler.StepLR(optimizer, 2, 0.5),
            lr_scheduler.CosineAnnealingLR(optimizer, 6),
        ]
        if len(milestones) == 2:
            del parts[2]
        return lr_scheduler.SequentialLR(
            optimizer, parts, milestones
        )

    return make


_CLASSES = {
    "LambdaLR": (factor_of_epoch,),
    "MultiplicativeLR": (factor_of_epoch,),
    "StepLR": (3, 0.5),
    "MultiStepLR": ([2, 7], 0.5),
    "ConstantLR": (0.5, 4),
    "LinearLR": (0.2, 1.0, 6),
    "ExponentialLR": (0.9,),
    "PolynomialLR": (20, 2.0),
    "CosineAnnealingLR": (8,),
    "CosineAnnealingWarmRestarts": (4, 2),
    "CyclicLR": (0.01, 0.1, 3),
}


def _pair(names):
    def make(lr_scheduler, optimizer):
        parts = [
            getattr(lr_scheduler, name)(
                optimizer, *_CLASSES[name]
            )
            for name in names
        ]
        return lr_scheduler.SequentialLR(optimizer, parts, [5])

    return make


def _plateau(lr_scheduler, optimizer):
    parts = [
        lr_scheduler.ExponentialLR(optimizer, 0.5),
        lr_scheduler.ReduceLROnPlateau(optimizer),
    ]
    return lr_scheduler.SequentialLR(optimizer, parts, [3])


def _rates(side, make, steps):
    optimizer = side.optim.SGD(
        [side.net.weight], lr=0.1, momentum=0.9
    )
    scheduler = make(side.optim.lr_scheduler, optimizer)
    rates = []
    for _ in range(steps):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates


def last_epoch_is_no_resumption(pytorch, mindspore):
    """With `last_epoch=14`, behind the milestone 10, a `SequentialLR` of
    `LinearLR(start_factor=0.25, total_iters=10)` and
    `ExponentialLR(gamma=0.9)` resumes neither in PyTorch nor in
    `mindspore.experimental.optim`: both start at the first learning rate of
    the first scheduler. At the next step, PyTorch's `ExponentialLR` already
    decays it, whereas MindSpore's first keeps it.
    """
    expect.close(
        [0.025, 0.0225, 0.02025], _behind(pytorch), name="pytorch"
    )
    expect.close(
        [0.025, 0.025, 0.0225],
        _behind(mindspore),
        name="mindspore",
    )


def _behind(side):
    lr_scheduler = side.optim.lr_scheduler
    group = {
        "params": [side.net.weight],
        "lr": 0.07,
        "initial_lr": 0.1,
    }
    optimizer = side.optim.SGD([group], lr=0.1)
    parts = [
        lr_scheduler.LinearLR(optimizer, 0.25, total_iters=10),
        lr_scheduler.ExponentialLR(optimizer, 0.9),
    ]
    scheduler = lr_scheduler.SequentialLR(
        optimizer, parts, [10], last_epoch=14
    )
    rates = []
    for _ in range(3):
        rates.append(float(scheduler.get_last_lr()[0]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates
