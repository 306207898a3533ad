import functools
import inspect

import mindspore as ms
import numpy as np
import torch
from crosswalk import expect
from mindspore.experimental import optim

TORCH = torch.optim.lr_scheduler
MINDSPORE = optim.lr_scheduler
STEPS, CHANGED_AT, FACTOR = 12, 1, 0.1
NEXT_STEP = [
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "LambdaLR",
]
LATER = ["CosineAnnealingLR", "SequentialLR"]


def lambda_overwrites(pytorch, mindspore):
    """Under `LambdaLR`, a learning rate set with `param_groups[0]["lr"]` in
    PyTorch or with `copy_` in PyNative mode in `mindspore.experimental.optim`
    lasts until the next `scheduler.step()`, which returns to the old schedule.
    """
    law = [0.2, 0.0125, 0.00625]
    for name, side in _sides(pytorch, mindspore):
        expect.close(
            [0.1, 0.05], side.before, name=f"{name}_before"
        )
        expect.close(law, side.overwritten, name=name)


def base_lrs_keep_it(pytorch, mindspore):
    """Under `LambdaLR`, multiply the learning rate and every entry of
    `scheduler.base_lrs` by the same factor to multiply all later learning
    rates by it: in PyTorch and, with `copy_` in PyNative mode, in
    `mindspore.experimental.optim`.
    """
    law = np.array([0.025, 0.0125, 0.00625])
    for name, side in _sides(pytorch, mindspore):
        expect.close(law, np.array(side.kept), name=name)


def lost_at_the_next_step(pytorch, mindspore):
    """A learning rate set between two steps lasts only until the next
    `scheduler.step()` under `LambdaLR`, `CosineAnnealingWarmRestarts` and
    `CyclicLR`, because their `step()` computes the learning rate without it.
    This holds in PyTorch and, set with `copy_` in PyNative mode, in
    `mindspore.experimental.optim`, and for PyTorch's `OneCycleLR`.
    """
    lost, _, _ = _sorted_by_fate(TORCH)
    expect.equal(
        sorted([*NEXT_STEP, "OneCycleLR"]), lost, name="pytorch"
    )
    lost, _, _ = _sorted_by_fate(MINDSPORE)
    expect.equal(NEXT_STEP, lost, name="mindspore")


def lost_later(pytorch, mindspore):
    """A `SequentialLR` of `ConstantLR` and then `ExponentialLR` discards a
    learning rate set before its milestone at that milestone;
    `CosineAnnealingLR` with `T_max=3` and `eta_min=0` discards one set before
    its minimum after that minimum. From there on, over twelve steps, the
    learning rates match the unchanged schedule, in PyTorch and, set with
    `copy_` in PyNative mode, in `mindspore.experimental.optim`.
    """
    for schedulers in (TORCH, MINDSPORE):
        _, later, _ = _sorted_by_fate(schedulers)
        expect.equal(LATER, later, name=_name(schedulers))
        for name, first in zip(LATER, (4, 4), strict=True):
            plain = _rates(schedulers, name, None)
            changed = _rates(schedulers, name, _scale_rate)
            expect.close(
                plain[first:],
                changed[first:],
                name=f"{_name(schedulers)}_{name}_from_there_on",
            )


def scales_the_rest(pytorch, mindspore):
    """Setting a tenth of the learning rate after the first of twelve steps
    divides all later learning rates by 10, to within 1e-5, under `ConstantLR`,
    `ExponentialLR`, `LinearLR`, `MultiStepLR`, `MultiplicativeLR`,
    `PolynomialLR`, `StepLR`, and `ReduceLROnPlateau` with `min_lr=0` while its
    cuts exceed `eps`. This holds in PyTorch and, set with `copy_` in PyNative
    mode, in `mindspore.experimental.optim`, and for PyTorch's
    `ChainedScheduler` of `ConstantLR` and `ExponentialLR`. With `factor=0.5`,
    `patience=1`, `min_lr=0.005` and a metric that never improves,
    `ReduceLROnPlateau` ends at 0.005 with and without the change from 0.1 to
    0.01.
    """
    kept = ["ConstantLR", "ExponentialLR", "LinearLR"]
    kept += ["MultiStepLR", "MultiplicativeLR", "PolynomialLR"]
    kept += ["ReduceLROnPlateau", "StepLR"]
    for schedulers in (TORCH, MINDSPORE):
        _, _, found = _sorted_by_fate(schedulers)
        more = ["ChainedScheduler"] * (schedulers is TORCH)
        expect.equal(more + kept, found, name=_name(schedulers))
        for change in (None, _scale_rate):
            rates = _rates(
                schedulers, "ReduceLROnPlateau", change, 0.005
            )
            name = "changed" if change else "plain"
            expect.close(
                0.005,
                rates[-1],
                name=f"{_name(schedulers)}_min_lr_{name}",
            )


def scaling_works_for_all(pytorch, mindspore):
    """To scale all later learning rates, multiply the learning rate, the
    scheduler's `base_lrs` and `max_lrs` and the group's `initial_lr`, `max_lr`
    and `min_lr`, where they exist, by the same factor. Run with one set of
    arguments each, over twelve steps, this works for every scheduler of
    `torch.optim.lr_scheduler` and, with `copy_` in PyNative mode, of
    `mindspore.experimental.optim`, with `eta_min` and `min_lr` of 0, and for
    `ReduceLROnPlateau` while its cuts exceed `eps`. `SequentialLR` and
    `ChainedScheduler` have `base_lrs` in the schedulers that they hold.
    """
    for schedulers in (TORCH, MINDSPORE):
        place = _name(schedulers)
        for name in _names(schedulers):
            plain = _rates(schedulers, name, None)
            scaled = _rates(schedulers, name, _scale_all)
            law = np.concatenate(
                [plain[:CHANGED_AT], FACTOR * plain[CHANGED_AT:]]
            )
            expect.close(law, scaled, name=f"{place}_{name}")


def _sides(pytorch, mindspore):
    return ("pytorch", pytorch), ("mindspore", mindspore)


def _sorted_by_fate(schedulers):
    lost, later, kept = [], [], []
    for name in _names(schedulers):
        plain = _rates(schedulers, name, None)[CHANGED_AT:]
        changed = _rates(schedulers, name, _scale_rate)[
            CHANGED_AT:
        ]
        same = np.isclose(plain, changed, rtol=1e-5, atol=0)
        if np.allclose(FACTOR * plain, changed, rtol=1e-5):
            kept.append(name)
        elif same[1:].all():
            lost.append(name)
        elif not same[1] and same[-1]:
            later.append(name)
    return lost, later, kept


def _names(schedulers):
    return sorted(
        name
        for name, value in vars(schedulers).items()
        if inspect.isclass(value)
        and hasattr(value, "step")
        and not name.startswith("_")
        and name not in ("LRScheduler", "Optimizer")
    )


def _name(schedulers):
    return schedulers.__name__.split(".")[0]


@functools.cache
def _rates(schedulers, name, change, min_lr=0.0):
    if schedulers is TORCH:
        weight = torch.nn.Parameter(torch.zeros(1))
        weight.grad = torch.ones(1)
        optimizer = torch.optim.SGD([weight], lr=0.1)
        update = optimizer.step
    else:
        weight = ms.Parameter(ms.Tensor([0.0]), name="weight")
        optimizer = optim.SGD([weight], lr=0.1)
        gradients = (ms.Tensor([1.0]),)
        update = lambda: optimizer(gradients)  # noqa: E731
    scheduler = _build(schedulers, name, optimizer, min_lr)
    metric = [1.0] if name == "ReduceLROnPlateau" else []
    rates = []
    for step in range(STEPS):
        if change and step == CHANGED_AT:
            change(optimizer, scheduler)
        rates.append(float(optimizer.param_groups[0]["lr"]))
        update()
        scheduler.step(*metric)
    return np.array(rates)


def _build(schedulers, name, optimizer, min_lr=0.0):
    quiet = {"cycle_momentum": False}
    arguments = {
        "ConstantLR": ((0.5, 3), {}),
        "CosineAnnealingLR": ((3,), {}),
        "CosineAnnealingWarmRestarts": ((3,), {}),
        "CyclicLR": (
            (0.01, 0.1, 3),
            quiet if schedulers is TORCH else {},
        ),
        "ExponentialLR": ((0.9,), {}),
        "LambdaLR": ((lambda epoch: 0.9**epoch,), {}),
        "LinearLR": ((0.5, 1.0, 4), {}),
        "MultiStepLR": (([2, 5], 0.5), {}),
        "MultiplicativeLR": ((lambda epoch: 1 - epoch / 20,), {}),
        "OneCycleLR": ((0.1, STEPS + 1), quiet),
        "PolynomialLR": ((8,), {}),
        "ReduceLROnPlateau": (
            ("min", 0.5, 1),
            {"min_lr": min_lr},
        ),
        "StepLR": ((2, 0.5), {}),
    }
    if name in ("SequentialLR", "ChainedScheduler"):
        inner = [
            _build(schedulers, each, optimizer)
            for each in ("ConstantLR", "ExponentialLR")
        ]
        if name == "SequentialLR":
            return schedulers.SequentialLR(optimizer, inner, [4])
        return schedulers.ChainedScheduler(inner)
    positional, named = arguments[name]
    kind = getattr(schedulers, name)
    return kind(optimizer, *positional, **named)


def _scale_rate(optimizer, scheduler):
    for group in optimizer.param_groups:
        if isinstance(group["lr"], ms.Parameter):
            group["lr"].copy_(group["lr"] * FACTOR)
        else:
            group["lr"] *= FACTOR


def _scale_all(optimizer, scheduler):
    _scale_rate(optimizer, scheduler)
    for group in optimizer.param_groups:
        for key in ("initial_lr", "max_lr", "min_lr"):
            if key in group:
                group[key] = group[key] * FACTOR
    for each in getattr(scheduler, "_schedulers", [scheduler]):
        for key in ("base_lrs", "max_lrs"):
            if hasattr(each, key):
                rates = [r * FACTOR for r in getattr(each, key)]
                setattr(each, key, rates)
