import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim

OVERWRITTEN = [
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "LambdaLR",
    "OneCycleLR",
]
ARGUMENTS = {
    "LambdaLR": [lambda epoch: 0.5 ** int(epoch)],
    "MultiplicativeLR": [lambda epoch: 0.5],
    "StepLR": [2, 0.5],
    "MultiStepLR": [[2, 4], 0.5],
    "ConstantLR": [0.5, 4],
    "LinearLR": [0.25, 1.0, 6],
    "ExponentialLR": [0.5],
    "PolynomialLR": [9],
    "CosineAnnealingLR": [9, 0.01],
    "CosineAnnealingWarmRestarts": [4],
    "CyclicLR": [0.1, 0.2, 3],
    "OneCycleLR": [0.2, 9],
    "ReduceLROnPlateau": ["min", 0.5, 0],
}


def lambda_overwrites(pytorch, mindspore):
    """A rate written by hand under `LambdaLR` is used for one step: the next
    `scheduler.step()` returns to the old schedule, in PyTorch and in
    `mindspore.experimental.optim`.
    """
    law = [0.2, 0.0125, 0.00625]
    for name, side in _sides(pytorch, mindspore):
        expect.close(
            [0.1, 0.05], side.before, name=f"{name}_before"
        )
        expect.close(law, side.overwritten, name=name)


def base_lrs_keep_it(pytorch, mindspore):
    """Under `LambdaLR`, multiply the rate and every entry of
    `scheduler.base_lrs` by the same factor: all following rates are then
    multiplied by it, in PyTorch and, in PyNative mode, in
    `mindspore.experimental.optim`.
    """
    law = np.array([0.025, 0.0125, 0.00625])
    for name, side in _sides(pytorch, mindspore):
        expect.close(law, np.array(side.kept), name=name)


def who_overwrites(pytorch, mindspore):
    """`LambdaLR`, `CosineAnnealingWarmRestarts`, `CyclicLR` and PyTorch's
    `OneCycleLR` overwrite a rate written by hand at the next
    `scheduler.step()`, in PyTorch and in `mindspore.experimental.optim`;
    `SequentialLR` does when its next scheduler begins. All others but
    `ChainedScheduler`, which was not run, do not overwrite it.
    """
    for name, places in _places():
        kinds = _kinds(places)
        found = []
        for kind in kinds:
            free, changed = (
                _rates(places, kind, factor) for factor in (1, 8)
            )
            expect.close(
                8 * free[3], changed[3], name=f"{name}_{kind}"
            )
            if _same(free[4], changed[4]):
                found.append(kind)
        expected = [kind for kind in OVERWRITTEN if kind in kinds]
        expect.equal(expected, found, name=name)
        free, changed = (
            _rates(places, "SequentialLR", factor)
            for factor in (1, 8)
        )
        expect.close(
            8 * free[4], changed[4], name=f"{name}_sequential"
        )
        expect.close(
            free[5:], changed[5:], name=f"{name}_milestone"
        )


def how_to_keep_it(pytorch, mindspore):
    """To multiply all following rates by a factor, multiply, in addition to
    the rate, `base_lrs` of `LambdaLR` and `CosineAnnealingWarmRestarts`;
    `base_lrs` and `max_lrs` of `CyclicLR`; and `initial_lr`, `max_lr` and
    `min_lr` of each parameter group under PyTorch's `OneCycleLR`. With an
    `eta_min` of 0, the default, this holds in PyTorch and, in PyNative mode,
    in `mindspore.experimental.optim`.
    """
    for name, places in _places():
        for kind in sorted({*OVERWRITTEN} & {*_kinds(places)}):
            free = _rates(places, kind, 1)
            changed = _rates(places, kind, 8, base=True)
            expect.close(
                8 * free[3:], changed[3:], name=f"{name}_{kind}"
            )


def _sides(pytorch, mindspore):
    return ("pytorch", pytorch), ("mindspore", mindspore)


def _places():
    return ("pytorch", torch.optim), ("mindspore", optim)


def _kinds(places):
    schedulers = places.lr_scheduler
    special = ("LRScheduler", "SequentialLR", "ChainedScheduler")
    return sorted(set(schedulers.__all__) - set(special))


def _same(left, right):
    return bool(np.isclose(left, right, rtol=1e-5))


def _rates(places, kind, factor, base=False):
    weight, optimizer, step = _optimizer(places)
    scheduler = _scheduler(places.lr_scheduler, kind, optimizer)
    rates = []
    for i in range(8):
        if i == 3 and factor != 1:
            _multiply(optimizer, factor)
            if base:
                _multiply_base(scheduler, factor)
        before = float(weight)
        step()
        rates.append(before - float(weight))
        loss = [1.0] if kind == "ReduceLROnPlateau" else []
        scheduler.step(*loss)
    return np.array(rates)


def _optimizer(places):
    if places is torch.optim:
        weight = torch.nn.Parameter(torch.zeros(()))
        weight.grad = torch.ones(())
        optimizer = places.SGD([weight], lr=0.1)
        return weight, optimizer, optimizer.step
    weight = ms.Parameter(
        ms.Tensor(0.0, ms.float32), name="weight"
    )
    optimizer = places.SGD([weight], lr=0.1)
    gradient = ms.Tensor(1.0, ms.float32)
    return weight, optimizer, lambda: optimizer((gradient,))


def _scheduler(schedulers, kind, optimizer):
    if kind == "SequentialLR":
        parts = [
            schedulers.ConstantLR(optimizer, 0.5, 9),
            schedulers.ExponentialLR(optimizer, 0.5),
        ]
        return schedulers.SequentialLR(optimizer, parts, [5])
    more = {}
    if schedulers is torch.optim.lr_scheduler and kind in (
        "CyclicLR",
        "OneCycleLR",
    ):
        more = {"cycle_momentum": False}
    build = getattr(schedulers, kind)
    return build(optimizer, *ARGUMENTS[kind], **more)


def _multiply(optimizer, factor):
    group = optimizer.param_groups[0]
    if isinstance(optimizer, torch.optim.Optimizer):
        group["lr"] *= factor
    else:
        group["lr"].copy_(group["lr"] * factor)


def _multiply_base(scheduler, factor):
    for name in ("base_lrs", "max_lrs"):
        if hasattr(scheduler, name):
            rates = getattr(scheduler, name)
            setattr(scheduler, name, [r * factor for r in rates])
    for group in scheduler.optimizer.param_groups:
        for name in ("initial_lr", "max_lr", "min_lr"):
            if name in group:
                group[name] = group[name] * factor
