from typing import Any

from crosswalk.parity.model import Arguments, Case, Counterpart, Subject


def make(optimizer: Any, warmup: int, last_epoch: int = -1) -> Any:
    from torch.optim.lr_scheduler import LRScheduler

    return inverse_root(LRScheduler)(optimizer, warmup, last_epoch)


def make_experimental(optimizer: Any, warmup: int, last_epoch: int = -1) -> Any:
    from mindspore.experimental.optim.lr_scheduler import LRScheduler

    return inverse_root(LRScheduler)(optimizer, warmup, last_epoch)


def inverse_root(base: type) -> type:
    class InverseRoot(base):
        def __init__(self, optimizer: Any, warmup: int, last_epoch: int) -> None:
            self.warmup = warmup
            super().__init__(optimizer, last_epoch)

        def get_lr(self) -> list[Any]:
            step = self.last_epoch + 1
            factor = min(step / self.warmup, (self.warmup / step) ** 0.5)
            return [rate * factor for rate in self.base_lrs]

    return InverseRoot


def make_inside(learning_rate: float, warmup: int, every: int) -> Any:
    from mindspore import nn, ops

    class InverseRoot(nn.learning_rate_schedule.LearningRateSchedule):
        def __init__(self) -> None:
            super().__init__()
            self.learning_rate = learning_rate
            self.warmup = warmup
            self.every = every

        def construct(self, global_step: Any) -> Any:
            step = global_step // self.every + 1
            factor = ops.minimum(step / self.warmup, (self.warmup / step) ** 0.5)
            return self.learning_rate * factor

    return InverseRoot()


def inside(given: Arguments) -> Arguments:
    warmup, every = given["warmup"], given["every"]
    return {"learning_rate": given["lr"], "warmup": warmup, "every": every}


SUBJECT = Subject(
    "torch.optim.lr_scheduler.LRScheduler",
    base={"warmup": 8},
    make=make,
    cases=(
        Case("a shorter warm-up", {"warmup": 4}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart(
            "mindspore.experimental.optim.lr_scheduler.LRScheduler",
            make=make_experimental,
        ),
        Counterpart(
            "mindspore.nn.learning_rate_schedule.LearningRateSchedule",
            arguments=inside,
            make=make_inside,
        ),
    ),
)
