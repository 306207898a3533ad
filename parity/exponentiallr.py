import math

from crosswalk.parity.model import Arguments, Case, Counterpart, Subject


def decay(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"],
        "decay_rate": given["gamma"],
        "decay_steps": given["every"],
        "is_stair": given["every"] > 1,
    }


def natural(given: Arguments) -> Arguments | None:
    if given["gamma"] >= 1:
        return None
    return {
        "learning_rate": given["lr"],
        "decay_rate": -math.log(given["gamma"]) / given["every"],
        "decay_steps": given["every"],
        "is_stair": given["every"] > 1,
    }


def decay_list(given: Arguments) -> Arguments:
    return {
        "learning_rate": given["lr"],
        "decay_rate": given["gamma"],
        "total_step": given["steps"],
        "step_per_epoch": given["every"],
        "decay_epoch": 1,
    }


def natural_list(given: Arguments) -> Arguments | None:
    if given["gamma"] >= 1:
        return None
    return {**decay_list(given), "decay_rate": -math.log(given["gamma"])}


EPOCHS = {
    "total_step": "says how many rates the list has, not which",
    "decay_epoch": "it is 1: PyTorch's rate falls at every step of the schedule",
    "is_stair": "changes nothing where decay_epoch is 1",
}

SUBJECT = Subject(
    "torch.optim.lr_scheduler.ExponentialLR",
    base={"gamma": 0.9},
    cases=(
        Case("gamma 0.5", {"gamma": 0.5}),
        Case("gamma 1.02", {"gamma": 1.02}),
        Case("per epoch", every=2),
        Case("closed form", drive="closed"),
        Case("resumed from last_epoch", drive="last_epoch"),
        Case("resumed from a saved state", drive="state"),
    ),
    counterparts=(
        Counterpart("mindspore.experimental.optim.lr_scheduler.ExponentialLR"),
        Counterpart("mindspore.nn.ExponentialDecayLR", arguments=decay),
        Counterpart("mindspore.nn.NaturalExpDecayLR", arguments=natural),
        Counterpart(
            "mindspore.nn.exponential_decay_lr",
            arguments=decay_list,
            unexercised=EPOCHS,
        ),
        Counterpart(
            "mindspore.nn.natural_exp_decay_lr",
            arguments=natural_list,
            unexercised=EPOCHS,
        ),
    ),
)
