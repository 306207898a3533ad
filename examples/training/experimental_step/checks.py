from functools import partial

import mindspore as ms
from crosswalk import expect

LAW = [0.05 * 0.9 ** (step // 3) for step in range(9)]
WITH_TYPE_ERROR = {
    "StepLR": (2,),
    "MultiStepLR": ([2],),
    "LinearLR": (),
    "PolynomialLR": (),
    "ConstantLR": (),
    "CosineAnnealingLR": (2,),
    "ReduceLROnPlateau": (),
}
WITH_ATTRIBUTE_ERROR = {
    "LambdaLR": (float,),
    "MultiplicativeLR": (float,),
    "CyclicLR": (0.1, 1.0),
    "CosineAnnealingWarmRestarts": (2,),
}


def same_updates(pytorch, mindspore):
    """In PyNative mode, in the example with `momentum=0.9` and
    `ExponentialLR`, `mindspore.experimental.optim.SGD` matches
    `torch.optim.SGD` over three epochs: losses and weights agree at each of
    the nine steps.
    """
    expect.equal(9, len(mindspore.losses), name="steps")
    expect.close(pytorch.losses, mindspore.losses, name="losses")
    expect.close(
        pytorch.weights, mindspore.weights, name="weights"
    )


def rates_per_epoch(pytorch, mindspore):
    """`ExponentialLR` of `mindspore.experimental.optim.lr_scheduler`, stepped
    once per epoch, matches PyTorch: the learning rates are 0.05, 0.045 and
    0.0405.
    """
    expect.close(LAW, pytorch.rates, name="pytorch")
    expect.close(LAW, mindspore.rates, name="mindspore")


def needs_scheduler_step(pytorch, mindspore):
    """Calling `mindspore.experimental.optim.SGD` does not change the learning
    rate: it is still 0.05 after two calls, and one `scheduler.step()` makes it
    0.045 without changing the weights.
    """
    optim = ms.experimental.optim
    weight = ms.Parameter(
        ms.ops.ones((2,), ms.float32), name="weight"
    )
    optimizer = optim.SGD([weight], lr=0.05)
    scheduler = optim.lr_scheduler.ExponentialLR(
        optimizer, gamma=0.9
    )
    for _ in range(2):
        optimizer((ms.ops.ones((2,), ms.float32),))
    expect.close(
        [0.9, 0.9],
        weight.asnumpy().tolist(),
        name="weights_moved",
    )
    expect.close(
        0.05, optimizer.param_groups[0]["lr"], name="rate_kept"
    )
    scheduler.step()
    expect.close(
        [0.9, 0.9], weight.asnumpy().tolist(), name="weights_kept"
    )
    expect.close(
        0.045, optimizer.param_groups[0]["lr"], name="rate_moved"
    )


def scheduler_refuses_the_others(pytorch, mindspore):
    """These schedulers of `mindspore.experimental.optim.lr_scheduler` do not
    accept `mindspore.nn.SGD`. `StepLR`, `MultiStepLR`, `LinearLR`,
    `ExponentialLR`, `PolynomialLR`, `ConstantLR`, `CosineAnnealingLR` and
    `ReduceLROnPlateau` raise `TypeError`; `LambdaLR`, `MultiplicativeLR`,
    `CyclicLR` and `CosineAnnealingWarmRestarts` raise `AttributeError`,
    because the optimizer has no `param_groups`.
    """
    weight = ms.Parameter(
        ms.ops.ones((2,), ms.float32), name="weight"
    )
    optimizer = ms.nn.SGD([weight], learning_rate=0.05)
    schedulers = ms.experimental.optim.lr_scheduler
    expect.raises(
        TypeError,
        lambda: schedulers.ExponentialLR(optimizer, gamma=0.9),
        match="is not an Optimizer",
        name="mindspore_nn",
    )
    for error, match, cases in (
        (TypeError, "Optimizer", WITH_TYPE_ERROR),
        (AttributeError, "param_groups", WITH_ATTRIBUTE_ERROR),
    ):
        for name, arguments in cases.items():
            build = partial(
                getattr(schedulers, name), optimizer, *arguments
            )
            expect.raises(error, build, match=match, name=name)
