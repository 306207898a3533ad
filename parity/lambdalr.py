import math
from collections.abc import Callable
from typing import Any

from crosswalk.parity.model import Arguments, Case, Counterpart, Subject

RATE = 0.1
FACTORS = (1.0, 0.5, 0.25, 0.125)


def inverse(step: float) -> float:
    return 1 / (1 + RATE * step)


def steeper(step: float) -> float:
    return 1 / (1 + 0.5 * step)


def warmup(step: float) -> float:
    return (step + 1) / 8 if step < 8 else 0.9 ** (step - 7)


def cosine(step: float) -> float:
    return (1 + math.cos(step / 10)) / 2


def table(step: int) -> float:
    return FACTORS[min(step // 5, 3)]


DECAY_RATES = {inverse: RATE, steeper: 0.5}


def of_group(given: Arguments) -> Callable[[float], float]:
    chosen = given["lr_lambda"]
    return chosen[given["group"]] if isinstance(chosen, list) else chosen


def inverse_decay(given: Arguments) -> Arguments | None:
    decay_rate = DECAY_RATES.get(of_group(given))
    return decay_rate and {
        "learning_rate": given["lr"],
        "decay_rate": decay_rate,
        "decay_steps": given["every"],
        "is_stair": given["every"] > 1,
    }


def inverse_list(given: Arguments) -> Arguments | None:
    decay_rate = DECAY_RATES.get(of_group(given))
    return decay_rate and {
        "learning_rate": given["lr"],
        "decay_rate": decay_rate,
        "total_step": given["steps"],
        "step_per_epoch": given["every"],
        "decay_epoch": 1,
    }


def custom(given: Arguments) -> Arguments:
    factor, every = of_group(given), given["every"]
    return {"learning_rate": given["lr"], "factor": factor, "every": every}


def make_custom(
    learning_rate: float, factor: Callable[[float], float], every: int
) -> Any:
    from mindspore import nn

    class Custom(nn.learning_rate_schedule.LearningRateSchedule):
        def __init__(self) -> None:
            super().__init__()
            self.learning_rate = learning_rate
            self.factor = factor
            self.every = every

        def construct(self, global_step: Any) -> Any:
            return self.learning_rate * self.factor(global_step // self.every)

    return Custom()


SUBJECT = Subject(
    "torch.optim.lr_scheduler.LambdaLR",
    base={"lr_lambda": inverse},
    cases=(
        Case("a steeper function", {"lr_lambda": steeper}),
        Case("a function for each group", {"lr_lambda": [inverse, steeper]}),
        Case("a function with a branch", {"lr_lambda": warmup}),
        Case("a function of the math module", {"lr_lambda": cosine}),
        Case("a function that looks into a table", {"lr_lambda": table}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.LambdaLR"),
        Counterpart(
            "mindspore.nn.learning_rate_schedule.LearningRateSchedule",
            arguments=custom,
            make=make_custom,
        ),
        Counterpart("mindspore.nn.InverseDecayLR", arguments=inverse_decay),
        Counterpart(
            "mindspore.nn.inverse_decay_lr",
            arguments=inverse_list,
            unexercised={
                "total_step": "says how many rates the list has, not which",
                "decay_epoch": "it is 1: PyTorch's function is asked at every step",
                "is_stair": "changes nothing where decay_epoch is 1",
            },
        ),
    ),
)
