from typing import Any

from crosswalk.parity.model import Case, Counterpart, Part, Subject

WARMUP = Part("LinearLR", {"start_factor": 0.25, "total_iters": 10})
DECAY = Part("ExponentialLR", {"gamma": 0.9})
STEPS = Part("StepLR", {"step_size": 6, "gamma": 0.5})
COSINE = Part("CosineAnnealingLR", {"T_max": 30})
CONSTANT = Part("ConstantLR", {"factor": 0.5, "total_iters": 8})


def chain(optimizer: Any, schedulers: list[Any]) -> Any:
    from torch.optim.lr_scheduler import ChainedScheduler

    return ChainedScheduler(schedulers, optimizer)


def step_each(optimizer: Any, schedulers: list[Any]) -> Any:
    from mindspore.experimental.optim import lr_scheduler

    class Chained(lr_scheduler.LRScheduler):
        def __init__(self) -> None:
            self.optimizer = optimizer

        def step(self) -> None:
            for scheduler in schedulers:
                scheduler.step()

    return Chained()


SUBJECT = Subject(
    "torch.optim.lr_scheduler.ChainedScheduler",
    base={"schedulers": [WARMUP, DECAY]},
    make=chain,
    cases=(
        Case("one schedule", {"schedulers": [STEPS]}),
        Case("constant and steps", {"schedulers": [CONSTANT, STEPS]}),
        Case("warm-up and cosine", {"schedulers": [WARMUP, COSINE]}),
        Case("three schedules", {"schedulers": [WARMUP, STEPS, DECAY]}),
        Case("per epoch", every=2),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart(
            "mindspore.experimental.optim.lr_scheduler.LRScheduler",
            make=step_each,
            unexercised={
                "last_epoch": "PyTorch's class has none: each schedule counts its own"
            },
        ),
    ),
    unexercised={"optimizer": "names the optimizer that the schedules already have"},
)
