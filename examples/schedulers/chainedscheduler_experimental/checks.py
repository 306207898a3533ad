import warnings

from crosswalk import expect
from shared import factor_of_epoch


def same_weights(pytorch, mindspore):
    """`SGD` of `mindspore.experimental.optim` under a `LinearLR` and an
    `ExponentialLR`, stepped one after the other, with two groups and the
    arguments of the example, matches the weights of PyTorch with
    `ChainedScheduler` after each of 40 steps.
    """
    expect.close(
        pytorch.weights, mindspore.weights, name="every_step"
    )


def same_rates(pytorch, mindspore):
    """With two groups and the arguments of the example, a `LinearLR` and an
    `ExponentialLR` of `mindspore.experimental.optim`, stepped one after the
    other, match the learning rates of PyTorch's `ChainedScheduler` after each
    of 40 steps.
    """
    expect.close(
        pytorch.rates, mindspore.rates, name="every_step"
    )


def every_pair(pytorch, mindspore):
    """Each of 11 schedulers of `mindspore.experimental.optim`, with one set of
    arguments each and stepped, not compiled, before or after an
    `ExponentialLR`, matches the learning rates of PyTorch's `ChainedScheduler`
    over 20 steps, to within 1e-6 of the largest one.
    """
    lr = mindspore.optim.lr_scheduler
    every = {*lr.__all__} - {"LRScheduler"}
    sequences = {"ReduceLROnPlateau", "SequentialLR"}
    expect.equal(every - sequences, {*_CLASSES}, name="classes")
    for name in _CLASSES:
        for pair in (
            (name, "ExponentialLR"),
            ("ExponentialLR", name),
        ):
            theirs = _rates(pytorch, pair)
            level = [theirs[0]] * 20
            expect.apart(
                level, theirs, at_least=0.3, name="moves"
            )
            ours = _rates(mindspore, pair)
            expect.close(theirs, ours, name="_".join(pair))


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


def _chain(side, names):
    lr = side.optim.lr_scheduler
    optimizer = side.optim.SGD(
        [side.net.weight], lr=0.1, momentum=0.9
    )
    return optimizer, [
        getattr(lr, name)(optimizer, *_CLASSES[name])
        for name in names
    ]


def _rates(side, names):
    optimizer, chain = _chain(side, names)
    lr = side.optim.lr_scheduler
    if hasattr(lr, "ChainedScheduler"):
        chain = [lr.ChainedScheduler(chain)]
    rates = []
    for _ in range(20):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for scheduler in chain:
                scheduler.step()
    return rates


def no_class_of_that_name(pytorch, mindspore):
    """`mindspore.experimental.optim.lr_scheduler` has no `ChainedScheduler`."""
    there = hasattr(
        mindspore.optim.lr_scheduler, "ChainedScheduler"
    )
    expect.equal(False, there, name="mindspore")
    there = hasattr(
        pytorch.optim.lr_scheduler, "ChainedScheduler"
    )
    expect.equal(True, there, name="pytorch")


def either_reads_the_product(pytorch, mindspore):
    """The schedulers of one optimizer in `mindspore.experimental.optim` share
    the Parameter of its learning rate, so `get_last_lr()` of any of them
    returns the current learning rate, unless you replace that Parameter by
    assigning to `group["lr"]`. With the `LinearLR` and the `ExponentialLR` of
    the example, it is the product and matches PyTorch's `ChainedScheduler` to
    within 2e-6. Combined with an `ExponentialLR`, each of 11 schedulers, with
    one set of arguments each, returns the same learning rate as the
    `ExponentialLR`.
    """
    expected = pytorch.rates[-1]
    for name in ("warmup", "decay"):
        rates = getattr(mindspore, name).get_last_lr()
        expect.close(expected, rates, tolerance=2e-6, name=name)
    for name in _CLASSES:
        optimizer, chain = _chain(
            mindspore, (name, "ExponentialLR")
        )
        for stepped in chain * 4:
            stepped.step()
            rate = float(optimizer.param_groups[0]["lr"])
            for scheduler in chain:
                read = float(scheduler.get_last_lr()[0])
                expect.equal(rate, read, name=name)
