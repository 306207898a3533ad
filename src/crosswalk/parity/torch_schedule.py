"""Follow a schedule with PyTorch; runs inside the forked process only."""

from typing import Any

import torch

from crosswalk.parity.driving import (
    GROUPS,
    RATE,
    STEPS,
    STOP,
    advance,
    advances,
    build_parts,
)
from crosswalk.parity.model import Arguments, Setting, Subject
from crosswalk.parity.record import Run
from crosswalk.parity.torch_side import params_of, resolve

NAMESPACE = "torch.optim.lr_scheduler"


def follow(
    subject: Subject, setting: Setting, arguments: Arguments, dtype: torch.dtype
) -> Run:
    """Train two parameters in two groups; note each group's rate before a step.

    The gradient is 1, so that a parameter moves by the rate that reached it.
    Raises what the scheduler raises.
    """
    params = [torch.nn.Parameter(torch.zeros(1, dtype=dtype)) for _ in GROUPS]
    optimizer = _optimizer(params, setting, GROUPS)
    scheduler = _scheduler(subject, optimizer, arguments)
    run = Run()
    run.add(params_of(params))
    for step in range(STEPS * setting.every):
        run.rates.append([float(group["lr"]) for group in optimizer.param_groups])
        for param in params:
            param.grad = torch.ones_like(param)
        optimizer.step()
        run.add(params_of(params))
        epoch = advances(step, setting)
        if epoch == STOP and setting.drive == "state":
            states = optimizer.state_dict(), scheduler.state_dict()
            optimizer = _optimizer(params, setting, GROUPS)
            scheduler = _scheduler(subject, optimizer, arguments)
            optimizer.load_state_dict(states[0])
            scheduler.load_state_dict(states[1])
        if epoch:
            advance(scheduler, epoch, subject, setting)
        if epoch == STOP and setting.drive == "last_epoch":
            groups = [
                {name: float(group[name]) for name in ("lr", "initial_lr")}
                for group in optimizer.param_groups
            ]
            optimizer = _optimizer(params, setting, groups)
            resumed = {**arguments, "last_epoch": STOP - 1}
            scheduler = _scheduler(subject, optimizer, resumed)
    return run


def _optimizer(
    params: list, setting: Setting, groups: tuple | list
) -> torch.optim.Optimizer:
    dicts = [{"params": [p], **g} for p, g in zip(params, groups, strict=True)]
    return torch.optim.SGD(dicts, lr=RATE, **setting.optimizer)


def _scheduler(subject: Subject, optimizer: object, arguments: Arguments) -> Any:
    make = subject.make or resolve(subject.torch)
    return make(optimizer, **build_parts(NAMESPACE, optimizer, arguments))
