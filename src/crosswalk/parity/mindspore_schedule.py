"""Follow a schedule with MindSpore; runs inside the forked process only."""

from collections.abc import Callable
from functools import cache
from typing import Any

import mindspore as ms
from mindspore import nn
from mindspore.experimental import optim

from crosswalk.parity import held
from crosswalk.parity.driving import (
    GROUPS,
    RATE,
    STEPS,
    STOP,
    advance,
    advances,
    build_parts,
)
from crosswalk.parity.mindspore_side import mode_set, params_of
from crosswalk.parity.model import Arguments, Mode, Pair, Setting
from crosswalk.parity.record import Run
from crosswalk.parity.torch_side import resolve

NAMESPACE = "mindspore.experimental.optim.lr_scheduler"
ArgumentsOf = Callable[[int], Arguments]


def is_experimental(pair: Pair) -> bool:
    """Say whether the counterpart steps beside the optimizer, as PyTorch's do."""
    return pair.counterpart.mindspore.startswith(NAMESPACE)


def lacking(pair: Pair, setting: Setting) -> tuple[str, ...]:
    """Return the method that driving the schedule needs and its class lacks."""
    has_state = hasattr(resolve(pair.counterpart.mindspore), "load_state_dict")
    return () if has_state or setting.drive != "state" else ("load_state_dict",)


def follow(pair: Pair, setting: Setting, of: ArgumentsOf, mode: Mode) -> Run:
    """Train two parameters in two groups; note each group's rate before a step.

    ``of`` returns the schedule's arguments for a group, by its number.
    The gradient is 1, so that a parameter moves by the rate that reached it.
    Raises what the schedule raises.
    """
    with mode_set(mode):
        if is_experimental(pair):
            return _stepped(pair, setting, of(0), mode)
        return _inside(pair, setting, of, mode, _params())


class Driven:
    """An optimizer of two groups, which one schedule after the other may drive."""

    def __init__(self, options: Arguments, mode: Mode) -> None:
        """Build it with ``options``."""
        self.params = _params()
        self.optimizer = _optimizer(self.params, options, GROUPS)
        self.update = _update(self.optimizer, mode)
        self.held = held.everywhere(self.optimizer)
        self.start = held.values(self.held)
        self.groups = [dict(group) for group in self.optimizer.param_groups]

    def reset(self) -> None:
        """Set weights, state and groups back to their start."""
        held.assign(self.held, self.start)
        for group, start in zip(self.optimizer.param_groups, self.groups, strict=True):
            group.clear()
            group.update(start)


@cache
def _shared(options: tuple[tuple[str, Any], ...]) -> Driven:
    """Return one optimizer for all schedules: compiling it takes longest."""
    return Driven(dict(options), "pynative")


def _stepped(pair: Pair, setting: Setting, arguments: Arguments, mode: Mode) -> Run:
    """Follow a scheduler that is stepped beside the optimizer."""
    if mode == "pynative":
        driven = _shared(tuple(setting.optimizer.items()))
        driven.reset()
    else:
        # What is compiled may keep the rates of the schedule before.
        driven = Driven(setting.optimizer, mode)
    params, optimizer, update = driven.params, driven.optimizer, driven.update
    scheduler = _scheduler(pair, optimizer, arguments)
    run = Run()
    run.add(params_of(params))
    for step in range(STEPS * setting.every):
        run.rates.append([float(group["lr"]) for group in optimizer.param_groups])
        update()
        run.add(params_of(params))
        epoch = advances(step, setting)
        if epoch == STOP and setting.drive == "state":
            scheduler.load_state_dict(scheduler.state_dict())
        if epoch:
            advance(scheduler, epoch, pair.subject, setting)
        if epoch == STOP and setting.drive == "last_epoch":
            groups = [
                {name: float(group[name]) for name in ("lr", "initial_lr")}
                for group in optimizer.param_groups
            ]
            optimizer = _optimizer(params, setting.optimizer, groups)
            scheduler = _scheduler(
                pair, optimizer, {**arguments, "last_epoch": STOP - 1}
            )
            update = _update(optimizer, mode)
    return run


def _inside(
    pair: Pair, setting: Setting, of: ArgumentsOf, mode: Mode, params: list
) -> Run:
    """Follow a schedule that is given to the optimizer as its rate."""
    make = pair.counterpart.make or resolve(pair.counterpart.mindspore)
    schedules = [make(**of(number)) for number in range(len(GROUPS))]
    groups = [
        {"params": [param], "lr": schedule}
        for param, schedule in zip(params, schedules, strict=True)
    ]
    optimizer = nn.SGD(groups, **setting.optimizer)
    update = _update(optimizer, mode)
    run = Run()
    run.add(params_of(params))
    for step in range(STEPS * setting.every):
        run.rates.append([_rate(schedule, step) for schedule in schedules])
        update()
        run.add(params_of(params))
    return run


def _rate(schedule: Any, step: int) -> float:
    """Return the rate that a schedule gives for the step numbered from 0."""
    if isinstance(schedule, list):
        return float(schedule[step])
    return float(schedule(ms.Tensor(step, ms.int32)))


def _update(optimizer: Any, mode: Mode) -> Callable[[], object]:
    """Return a function that takes one step with gradients of 1."""
    gradients = tuple(ms.Tensor([1.0], ms.float32) for _ in GROUPS)

    def update() -> ms.Tensor:
        optimizer(gradients)
        return gradients[0]

    return ms.jit(update) if mode == "jit" else update


def _params() -> list[ms.Parameter]:
    names = "first", "second"
    return [ms.Parameter(ms.Tensor([0.0], ms.float32), name=name) for name in names]


def _optimizer(params: list, options: Arguments, groups: tuple | list) -> Any:
    dicts = [{"params": [p], **g} for p, g in zip(params, groups, strict=True)]
    return optim.SGD(dicts, lr=RATE, **options)


def _scheduler(pair: Pair, optimizer: object, arguments: Arguments) -> Any:
    make = pair.counterpart.make or resolve(pair.counterpart.mindspore)
    return make(optimizer, **build_parts(NAMESPACE, optimizer, arguments))
