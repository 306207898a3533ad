import copy
from functools import partial

import mindspore as ms
import torch
from crosswalk import expect
from crosswalk.introspect import subclasses
from mindspore.experimental import optim

RATES = [0.1 * 0.8**step for step in range(6)]
KEEP_MORE = {
    "CosineAnnealingWarmRestarts",
    "ReduceLROnPlateau",
    "SequentialLR",
}
# How to build a scheduler of either framework's module over an optimizer.
ARGUMENTS = {
    "ConstantLR": lambda m, o: m.ConstantLR(o, 0.5, 4),
    "CosineAnnealingLR": lambda m, o: m.CosineAnnealingLR(o, 8),
    "CosineAnnealingWarmRestarts": lambda m, o: (
        m.CosineAnnealingWarmRestarts(o, 4)
    ),
    "CyclicLR": lambda m, o: m.CyclicLR(o, 0.01, 0.2, 3),
    "ExponentialLR": lambda m, o: m.ExponentialLR(o, 0.8),
    "LambdaLR": lambda m, o: m.LambdaLR(o, lambda n: 1 / (1 + n)),
    "LinearLR": lambda m, o: m.LinearLR(o, 0.1, total_iters=8),
    "MultiStepLR": lambda m, o: m.MultiStepLR(o, [4, 7], 0.5),
    "MultiplicativeLR": lambda m, o: m.MultiplicativeLR(
        o, lambda n: 0.8
    ),
    "PolynomialLR": lambda m, o: m.PolynomialLR(o, 9, 2.0),
    "ReduceLROnPlateau": lambda m, o: m.ReduceLROnPlateau(
        o, patience=1, factor=0.5
    ),
    "SequentialLR": lambda m, o: m.SequentialLR(
        o,
        [
            m.ConstantLR(o, 0.5, 2),
            m.LambdaLR(o, lambda n: 0.9**n),
        ],
        milestones=[2],
    ),
    "StepLR": lambda m, o: m.StepLR(o, 4, 0.5),
}
TORCH = ARGUMENTS | {
    "ChainedScheduler": lambda m, o: m.ChainedScheduler(
        [m.ConstantLR(o, 0.5, 2), m.ExponentialLR(o, 0.9)]
    ),
    "CyclicLR": lambda m, o: m.CyclicLR(
        o, 0.01, 0.2, 3, cycle_momentum=False
    ),
    "OneCycleLR": lambda m, o: m.OneCycleLR(
        o, 0.3, total_steps=20
    ),
}


def schedulers_have_no_state_dict(pytorch, mindspore):
    """No scheduler of `mindspore.experimental.optim.lr_scheduler` is a Cell
    or has `state_dict` or `load_state_dict`; every scheduler of
    `torch.optim.lr_scheduler` has both.
    """
    names = ("state_dict", "load_state_dict")
    for name, cls in _torch_classes().items():
        both = all(hasattr(cls, n) for n in names)
        expect.equal(True, both, name=f"pytorch_{name}")
    for name, cls in _classes().items():
        either = any(hasattr(cls, n) for n in names)
        expect.equal(False, either, name=name)
        cell = issubclass(cls, ms.nn.Cell)
        expect.equal(False, cell, name=f"{name}_is_a_cell")


def rate_restarts_without_the_scheduler(pytorch, mindspore):
    """If you load only the file of `mindspore.experimental.optim.SGD`, the
    schedule restarts at its first learning rate without an error: every
    scheduler of `mindspore.experimental.optim.lr_scheduler` has the learning
    rates of a newly built one.
    """
    expect.close(RATES[:3], mindspore.restarted, name="shown")
    expect.equal(set(ARGUMENTS), set(_classes()), name="all")
    for name in _classes():
        _, file = _saved(name)
        first, scheduler = _built(name)
        second, other = _built(name)
        ms.load_param_into_net(first, file)
        expect.close(
            _rates(second, other, 8),
            _rates(first, scheduler, 8),
            name=name,
        )


def torch_file_restores_the_rate_only(pytorch, mindspore):
    """In PyTorch, the optimizer's file without the scheduler's restores the
    current learning rate, but not the schedule. If you build the scheduler
    before loading, the first step has the saved learning rate with every
    scheduler of `torch.optim.lr_scheduler`. In one run of eleven steps for
    each, saved after three and with a learning rate that changes after that,
    only `ExponentialLR` and `MultiplicativeLR` with a constant factor then
    matched the uninterrupted run. With the scheduler's `state_dict` as well,
    all of them matched.
    """
    expect.equal(set(TORCH), set(_torch_classes()), name="all")
    expect.close(
        pytorch.linear[0],
        pytorch.restarted[0],
        name="shown_first",
    )
    expect.apart(
        pytorch.linear,
        pytorch.restarted,
        at_least=0.5,
        name="shown_rates",
    )
    for name in TORCH:
        optimizer, scheduler = _torch_built(name)
        _torch_rates(optimizer, scheduler, 3)
        files = copy.deepcopy(
            [optimizer.state_dict(), scheduler.state_dict()]
        )
        rates = _torch_rates(optimizer, scheduler, 8)
        optimizer, scheduler = _torch_built(name)
        optimizer.load_state_dict(copy.deepcopy(files[0]))
        alone = _torch_rates(optimizer, scheduler, 8)
        expect.close(rates[0], alone[0], name=f"{name}_first")
        if name in {"ExponentialLR", "MultiplicativeLR"}:
            expect.close(rates, alone, name=f"{name}_alone")
        else:
            expect.apart(
                rates, alone, at_least=0.1, name=f"{name}_alone"
            )
        optimizer, scheduler = _torch_built(name)
        optimizer.load_state_dict(files[0])
        scheduler.load_state_dict(files[1])
        both = _torch_rates(optimizer, scheduler, 8)
        expect.close(rates, both, name=f"{name}_both")


def rate_continues_with_two_assignments(pytorch, mindspore):
    """If you save `last_epoch` of `ExponentialLR` and the only group's `lr`
    with `append_dict` next to `mindspore.experimental.optim.SGD`, and assign
    them with `copy_` after loading, learning rates and weights resume in
    PyNative mode, as with the `state_dict` of
    `torch.optim.lr_scheduler.ExponentialLR`.
    """
    for name, side in (
        ("pytorch", pytorch),
        ("mindspore", mindspore),
    ):
        expect.close(
            RATES[3:], side.uninterrupted, name=f"{name}_law"
        )
        expect.close(
            RATES[3:], side.resumed, name=f"{name}_resumed"
        )
        epoch = float(side.scheduler.last_epoch)
        expect.equal(6.0, epoch, name=f"{name}_last_epoch")
        expect.close(
            side.uninterrupted_weight,
            side.resumed_weight,
            name=name,
        )
    expect.close(
        pytorch.resumed_weight,
        mindspore.resumed_weight,
        name="both",
    )


def where_two_assignments_are_enough(pytorch, mindspore):
    """In one run of eleven steps for each scheduler of
    `mindspore.experimental.optim.lr_scheduler`, saved after three and with one
    group, restoring `last_epoch` and the group's `lr` with `copy_` was enough
    to resume the learning rates. It was not enough for
    `CosineAnnealingWarmRestarts`, `ReduceLROnPlateau` and `SequentialLR`,
    which keep more Parameters.
    """
    for name in _classes():
        rates, file = _saved(name)
        optimizer, scheduler = _built(name)
        ms.load_param_into_net(optimizer, file)
        scheduler.last_epoch.copy_(file["last_epoch"])
        optimizer.param_groups[0]["lr"].copy_(file["lr"])
        resumed = _rates(optimizer, scheduler, 8)
        if name in KEEP_MORE:
            expect.apart(rates, resumed, at_least=0.05, name=name)
        else:
            expect.close(rates, resumed, name=name)


def last_epoch_needs_initial_lr(pytorch, mindspore):
    """A `last_epoch` of 0 or 2 for `ExponentialLR` of
    `torch.optim.lr_scheduler` or `mindspore.experimental.optim.lr_scheduler`
    raises a `KeyError` if the groups of the optimizer have no `initial_lr`. If
    they have one, MindSpore's constructor multiplies the group's `lr` by
    `gamma`, but PyTorch's does not change it.
    """
    for name, side, rate in (
        ("pytorch", pytorch, 0.1),
        ("mindspore", mindspore, 0.08),
    ):
        for epoch in (2, 0):
            build = partial(
                side.ExponentialLR, gamma=0.8, last_epoch=epoch
            )
            label = name if epoch else f"{name}_0"
            optimizer = side.build()[1]
            expect.raises(
                KeyError,
                partial(build, optimizer),
                match="initial_lr",
                name=label,
            )
            group = optimizer.param_groups[0]
            group["initial_lr"] = 0.1
            build(optimizer)
            expect.close(rate, group["lr"], name=f"{label}_rate")


def appended_values_are_read_as_parameters(pytorch, mindspore):
    """`mindspore.load_checkpoint` returns the values of `append_dict` of
    `mindspore.save_checkpoint`, here Parameters and a float, together with the
    parameters. `mindspore.load_param_into_net` returns their names in its
    second list, the names not used, unless the optimizer has a parameter of
    that name: `append_dict={"learning_rate": 0.5}` silently replaces the fixed
    learning rate of `mindspore.nn.SGD` without groups.
    """
    state = ms.load_checkpoint("all.ckpt")
    expect.close(RATES[3], state["lr"], name="lr")
    expect.close(3.0, state["last_epoch"], name="last_epoch")
    _, optimizer = mindspore.build()
    left_out = ms.load_param_into_net(optimizer, state)
    expect.equal(
        ([], ["last_epoch", "lr"]), left_out, name="left_out"
    )
    weight = ms.Parameter(ms.ops.ones(2), name="weight")
    optimizer = ms.nn.SGD([weight], 0.1)
    extra = {"learning_rate": 0.5}
    ms.save_checkpoint(optimizer, "own.ckpt", append_dict=extra)
    state = ms.load_checkpoint("own.ckpt")
    left_out = ms.load_param_into_net(optimizer, state)
    expect.equal(([], []), left_out, name="own_name_left_out")
    rate = optimizer.learning_rate
    expect.close(0.5, rate.asnumpy(), name="own_name_rate")


def _classes():
    """Every public class of the module with a `step`, but the base class."""
    classes = vars(optim.lr_scheduler).items()
    return {
        name: cls
        for name, cls in classes
        if hasattr(cls, "step") and name != "LRScheduler"
    }


def _torch_classes():
    module = torch.optim.lr_scheduler
    return subclasses(module, module.LRScheduler)


def _built(name):
    weights = [
        ms.Parameter(ms.Tensor([1.0, 1.0]), name="weight"),
        ms.Parameter(ms.Tensor([1.0]), name="bias"),
    ]
    optimizer = optim.SGD(weights, lr=0.1, momentum=0.9)
    build = ARGUMENTS[name]
    return optimizer, build(optim.lr_scheduler, optimizer)


def _saved(name):
    """Return eight rates after a third step, and the file saved there."""
    optimizer, scheduler = _built(name)
    _rates(optimizer, scheduler, 3)
    extra = {
        "last_epoch": scheduler.last_epoch,
        "lr": optimizer.param_groups[0]["lr"],
    }
    ms.save_checkpoint(optimizer, "any.ckpt", append_dict=extra)
    rates = _rates(optimizer, scheduler, 8)
    return rates, ms.load_checkpoint("any.ckpt")


def _rates(optimizer, scheduler, steps):
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"].item())
        if isinstance(
            scheduler, optim.lr_scheduler.ReduceLROnPlateau
        ):
            scheduler.step(ms.Tensor(1.0))
        else:
            scheduler.step()
    return rates


def _torch_built(name):
    weight = torch.nn.Parameter(torch.ones(2))
    weight.grad = torch.zeros(2)
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=0.9)
    return optimizer, TORCH[name](
        torch.optim.lr_scheduler, optimizer
    )


def _torch_rates(optimizer, scheduler, steps):
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau
    rates = []
    for _ in range(steps):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        if isinstance(scheduler, plateau):
            scheduler.step(1.0)
        else:
            scheduler.step()
    return rates
