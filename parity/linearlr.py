from crosswalk.parity.model import Arguments, Case, Counterpart, Subject


def line(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"] * given["start_factor"],
        "end_learning_rate": given["lr"] * given["end_factor"],
        "decay_steps": given["total_iters"] * given["every"],
        "power": 1.0,
    }


def line_list(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"] * given["start_factor"],
        "end_learning_rate": given["lr"] * given["end_factor"],
        "total_step": given["steps"],
        "step_per_epoch": given["every"],
        "decay_epoch": given["total_iters"],
        "power": 1.0,
    }


def warmup(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"] * given["end_factor"],
        "warmup_steps": given["total_iters"] * given["every"],
    }


def warmup_list(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"] * given["end_factor"],
        "total_step": given["steps"],
        "step_per_epoch": given["every"],
        "warmup_epoch": given["total_iters"],
    }


TOTAL = {"total_step": "says how many rates the list has, not which"}
POWER = {"power": "it is 1: any other is no straight line"}
LONGER = "draws the decay out each time it ends, which PyTorch's class cannot"

SUBJECT = Subject(
    "torch.optim.lr_scheduler.LinearLR",
    base={"start_factor": 0.25, "end_factor": 1.0, "total_iters": 20},
    cases=(
        Case("start_factor 0.5", {"start_factor": 0.5}),
        Case("start_factor 1e-06", {"start_factor": 1e-6}),
        Case("end_factor 0.5", {"end_factor": 0.5}),
        Case("falling", {"start_factor": 1.0, "end_factor": 0.1}),
        Case("total_iters 10", {"total_iters": 10}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.LinearLR"),
        Counterpart(
            "mindspore.nn.PolynomialDecayLR",
            arguments=line,
            unexercised={**POWER, "update_decay_steps": LONGER},
        ),
        Counterpart("mindspore.nn.WarmUpLR", arguments=warmup),
        Counterpart(
            "mindspore.nn.polynomial_decay_lr",
            arguments=line_list,
            unexercised={**TOTAL, **POWER, "update_decay_epoch": LONGER},
        ),
        Counterpart("mindspore.nn.warmup_lr", arguments=warmup_list, unexercised=TOTAL),
    ),
)
